namespace Vivace.Sqlite;

/// <summary>A write that waits for its transaction.</summary>
internal abstract class SqliteWork
{
    public abstract void Execute(SqliteSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class SqliteWork<T>(Func<SqliteSession, T> work) : SqliteWork
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Completion => source.Task;

    public override void Execute(SqliteSession session) => result = work(session);

    public override void Succeed() => source.SetResult(result);

    public override void Fail(Exception fault) => source.SetException(fault);
}
