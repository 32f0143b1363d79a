namespace Vivace.Sqlite;

/// <summary>What waits for the writing connection.</summary>
internal abstract class SqliteWork(bool isRead)
{
    public bool IsRead => isRead;

    public abstract void Execute(SqliteSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class SqliteWork<T>(Func<SqliteSession, T> work, bool isRead) : SqliteWork(isRead)
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Completion => source.Task;

    public override void Execute(SqliteSession session) => result = work(session);

    public override void Succeed() => source.SetResult(result);

    public override void Fail(Exception fault) => source.SetException(fault);
}
