using System.Diagnostics;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

/// <summary>The writer while every thread of the pool is busy, so that writes wait until the test lets them be committed.</summary>
public sealed class SqliteWriterTests : IAsyncLifetime
{
    private const string Insert = "INSERT INTO words (word) VALUES (?1)";

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(1);

    private readonly string folder = Directory.CreateTempSubdirectory("vivace-writer-").FullName;
    private readonly SqliteDatabase database;
    private readonly SqliteReaders readers;
    private readonly SqliteWriter writer;

    public SqliteWriterTests()
    {
        database = new SqliteDatabase(new SqliteOptions { Folder = folder, BusyTimeout = BusyTimeout });
        readers = new SqliteReaders(database);
        writer = new SqliteWriter(database, readers);
    }

    public async Task InitializeAsync()
        => await writer.WriteAsync(session => session.Prepare("CREATE TABLE words (word TEXT PRIMARY KEY)").Run(), default);

    public Task DisposeAsync()
    {
        writer.Dispose();
        readers.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Writes_of_a_busy_time_are_one_transaction()
    {
        var before = writer.Commits;
        Task<int>[] writes = [];

        await BusyPool.WhileAsync(() => writes = [AddAsync("a"), AddAsync("b"), AddAsync("c")], () => Assert.DoesNotContain(writes, w => w.IsCompleted));

        Assert.All(await Task.WhenAll(writes), changed => Assert.Equal(1, changed));
        Assert.Equal(before + 1, writer.Commits);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task A_write_that_fails_in_a_group_fails_alone()
    {
        Task<int>[] writes = [];

        await BusyPool.WhileAsync(() => writes = [AddAsync("a"), AddAsync("b"), AddAsync("a"), AddAsync("c")], () => { });

        Assert.Equal(1, await writes[0]);
        Assert.Equal(1, await writes[1]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writes[2]);
        Assert.Equal(1, await writes[3]);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task While_another_process_keeps_the_database_locked_all_that_waits_fails_together()
    {
        // One after another they would take a hundred times as long as one.
        var waited = await LockedOutAsync(100);
        Assert.True(waited < BusyTimeout * 25, $"100 writes waited {waited.TotalSeconds} s.");
        Assert.Equal(1, await AddAsync("after"));
    }

    [Fact]
    public async Task What_a_write_of_several_statements_did_before_it_failed_is_undone()
    {
        Task<int>[] writes = [];

        await BusyPool.WhileAsync(
            () => writes =
            [
                AddAsync("a"),
                writer.WriteAsync(AddAndFail, default).AsTask(),
                AddAsync("c"),
            ],
            () => { });

        await Assert.ThrowsAsync<InvalidOperationException>(() => writes[1]);
        await Task.WhenAll(writes[0], writes[2]);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task What_waits_is_committed_when_the_writer_is_disposed()
    {
        Task<int> write = Task.FromResult(0);

        await BusyPool.WhileAsync(() => write = AddAsync("a"), writer.Dispose);

        Assert.Equal(1, await write);
        Assert.Equal(1, readers.Read(Count, default));
        Assert.Throws<ObjectDisposedException>(() => { _ = AddAsync("b"); });
    }

    [Fact]
    public async Task Writes_from_everywhere_are_each_made_once()
    {
        var writes = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(() => AddAsync($"w{i}"))));

        Assert.All(writes, w => Assert.Equal(1, w));
        Assert.Equal(2000, await CountAsync());
    }

    private static int AddAndFail(SqliteSession session)
    {
        session.Prepare(Insert).Run("b");
        throw new InvalidOperationException("half");
    }

    private static long Count(SqliteSession session) => session.Prepare("SELECT COUNT(*) FROM words").QuerySingle(row => row.Long(0));

    /// <summary>How long it takes until so many writes have failed behind another's transaction.</summary>
    private async Task<TimeSpan> LockedOutAsync(int count)
    {
        using var other = database.OpenWriter();
        other.Execute("BEGIN IMMEDIATE");
        var started = Stopwatch.GetTimestamp();
        var writes = Enumerable.Range(0, count).Select(i => Task.Run(() => AddAsync($"{i}"))).ToArray();
        foreach (var write in writes)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
        }

        other.Execute("ROLLBACK");
        return Stopwatch.GetElapsedTime(started);
    }

    private Task<int> AddAsync(string word) => writer.WriteAsync(session => session.Prepare(Insert).Run(word), default).AsTask();

    private ValueTask<long> CountAsync() => writer.ReadAsync(Count, default);
}
