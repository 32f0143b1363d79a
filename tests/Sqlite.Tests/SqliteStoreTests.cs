using Microsoft.Data.Sqlite;
using Vivace.Contracts.Conversations;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

public sealed class SqliteStoreTests : StoreConformance
{
    private readonly string folder = Directory.CreateTempSubdirectory("vivace-store-").FullName;

    protected override Task<IStoreFixture> OpenAsync() => Task.FromResult<IStoreFixture>(new Fixture(folder));

    [Fact]
    public async Task Two_processes_may_share_the_file()
    {
        using var other = new SqliteStore(new SqliteOptions { Folder = folder });
        var conversation = await ConverseAsync("ana");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            var store = i % 2 == 0 ? other.Conversations : Store.Conversations;
            await store.UpdateAsync("ana", conversation.Id, new() { Title = $"t{i}" }, Now.AddSeconds(i), default);
        })));

        Assert.Equal(
            await Store.Conversations.FindAsync("ana", conversation.Id, default),
            await other.Conversations.FindAsync("ana", conversation.Id, default));
    }

    [Fact]
    public async Task Whether_writes_are_taken_is_found_by_one()
    {
        using var store = new SqliteStore(new SqliteOptions { Folder = folder, BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await store.Conversations.CreateAsync("ana", new Conversation { Id = "c", Title = "t", RoomId = "r", CreatedAt = Now, UpdatedAt = Now }, default);
        var log = new FileInfo(Path.Combine(folder, "vivace.db-wal"));
        var before = log.Length;
        Assert.True(await store.IsReadyAsync(default));
        log.Refresh();
        Assert.True(log.Length > before, "No page was written.");
        using var other = new SqliteConnection($"Data Source={Path.Combine(folder, "vivace.db")};Pooling=False");
        other.Open();
        using (other.BeginTransaction(deferred: false))
        {
            Assert.False(await store.IsReadyAsync(default));
        }

        Assert.True(await store.IsReadyAsync(default));
    }

    [Fact]
    public async Task A_write_that_fails_does_not_take_its_group_with_it()
    {
        var conversation = await ConverseAsync("ana");
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            try
            {
                var copy = i % 4 == 0 ? conversation : conversation with { Id = $"{conversation.Id}-{i}" };
                await Store.Conversations.CreateAsync("ana", copy, default);
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        })));

        Assert.Equal(30, results.Count(r => r));
        Assert.Equal(31, (await Store.Conversations.ListAsync("ana", null, 100, default)).Conversations.Count);
    }

    [Fact]
    public async Task A_turn_that_is_not_recorded_leaves_no_row()
    {
        var conversation = await ConverseAsync("ana");
        var recorded = Asked(conversation);
        await Store.Turns.RecordAsync(recorded, Ended(recorded, "done"), default);
        var rows = Rows();
        var foreign = Asked(conversation) with { Owner = "bob" };
        var unknown = Asked(conversation) with { ConversationId = "unknown" };

        await Store.Turns.RecordAsync(foreign, Ended(foreign, "done"), default);
        await Store.Turns.RecordAsync(unknown, Ended(unknown, "done"), default);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Store.Turns.RecordAsync(recorded, Ended(recorded, "done"), default));

        Assert.Equal("1 turns, 2 messages, 2 evaluations, 1 facts, 0 idempotency", rows);
        Assert.Equal(rows, Rows());
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused_in_words()
    {
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "vivace.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var refused = Assert.Throws<InvalidDataException>(() => new SqliteStore(new SqliteOptions { Folder = folder }));

        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cost_of_a_turn_does_not_grow_with_history()
    {
        var conversation = await ConverseAsync("ana");
        var plan = new List<string>();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "vivace.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (var sql in new[]
        {
            "SELECT * FROM messages WHERE conversation_id = 'c' AND number < 9 ORDER BY number DESC LIMIT 8",
            "SELECT * FROM conversations WHERE owner = 'o' AND (updated, id) < (1, '') ORDER BY updated DESC, id DESC LIMIT 9",
            "SELECT text FROM facts WHERE owner = 'o' AND room_id = 'r' ORDER BY created DESC, text LIMIT 20",
            "SELECT turn_id FROM evaluations WHERE status = 0 AND resend <= 1 ORDER BY resend LIMIT 9",
            "SELECT * FROM evaluations e JOIN turns t ON t.id = e.turn_id WHERE e.status = 3 AND (e.turn_id, e.evaluator, e.version) > ('t', 'e', 1) ORDER BY e.turn_id, e.evaluator, e.version LIMIT 9",
            "SELECT id FROM turns WHERE status = 0 AND due <= 1 ORDER BY due LIMIT 9",
            "SELECT * FROM turns WHERE id = 't' AND owner = 'o'",
            "SELECT turn_id FROM idempotency WHERE owner = 'o' AND conversation_id = 'c' AND key = 'k'",
        })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                plan.Add(reader.GetString(3));
            }
        }

        Assert.NotNull(conversation);
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("USE TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal) && !step.Contains("LAST TERM", StringComparison.Ordinal));
    }

    private string Rows()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "vivace.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return string.Join(", ", new[] { "turns", "messages", "evaluations", "facts", "idempotency" }.Select(table =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table}";
            return $"{command.ExecuteScalar()} {table}";
        }));
    }

    private sealed class Fixture(string folder) : IStoreFixture
    {
        private SqliteStore store = new(new SqliteOptions { Folder = folder });
        private bool disposed;

        public IConversationStore Conversations => store.Conversations;

        public ITurnStore Turns => store.Turns;

        public IFactStore Facts => store.Facts;

        public IEvaluationStore Evaluations => store.Evaluations;

        public async Task ReopenAsync()
        {
            store.Dispose();
            store = new SqliteStore(new SqliteOptions { Folder = folder });
        }

        public async ValueTask DisposeAsync()
        {
            if (!disposed)
            {
                disposed = true;
                store.Dispose();
            }
        }
    }
}
