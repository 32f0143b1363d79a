using Microsoft.Data.Sqlite;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

/// <summary>A database that an earlier version wrote is read as that version read it.</summary>
public sealed class MigrationTests : IDisposable
{
    /// <summary>The schema before turns stood by rowid and a reply's text once.</summary>
    private const int Before = 3;

    private const string Report = """{"requested":{"mode":"fast"},"effective":{"mode":"fast","profile":"fast-v1"},"decidedBy":"message","arm":"fast","flagVersion":"v","path":"local","models":[]}""";

    private const string TurnColumns = "id, conversation_id, room_id, owner, number, status, attempt, streaming_attempt, checkpoint, cancel_requested, channel_type, streamed, text, "
        + "rewritten_text, responded, blocked, failure, processing, used, created, ended, due, worker, rollout, rollout_unit, rollout_arm, rollout_percent, rollout_cohort, rollout_asked";

    private const string MessageColumns = "conversation_id, number, id, turn_id, role, text, prompt_text, created, source";

    /// <summary>A turn that is done, one without text, one that was cancelled after some, and one that runs and is due.</summary>
    private const string Rows = $"""
        INSERT INTO conversations (id, owner, title, room_id, muted, turns, created, updated) VALUES ('c', 'ana', 'Old', 'r', 0, 4, 1000, 4000);
        INSERT INTO turns ({TurnColumns}) VALUES
          ('t1', 'c', 'r', 'ana', 1, 1, 2, 2, NULL, 0, 0, 1, 'Hello.', 'my name is ***', 1, 0, NULL, '{Report}', '{"{}"}', 1000, 1500, 900, 'w2', 'r1', 'unit', 1, 12.5, 1, 1),
          ('t2', 'c', 'r', 'ana', 2, 3, 1, NULL, NULL, 0, 0, 0, '', NULL, 0, 0, 'model', '{Report}', '{"{}"}', 2000, 2500, 2900, 'w1', NULL, NULL, NULL, NULL, NULL, NULL),
          ('t3', 'c', 'r', 'ana', 3, 2, 1, 1, NULL, 1, 3, 1, 'Once', NULL, 0, 0, NULL, '{Report}', '{"{}"}', 3000, 3500, 3900, 'w1', NULL, NULL, NULL, NULL, NULL, NULL),
          ('t4', 'c', 'r', 'ana', 4, 0, 2, 1, 'Upon', 1, 2, 1, NULL, NULL, 0, 0, NULL, '{Report}', NULL, 4000, NULL, 5000, 'w1', NULL, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO messages ({MessageColumns}) VALUES
          ('c', 1, 'm1', 't1', 0, 'my name is Ana', 'my name is ***', 1000, 'DM'), ('c', 2, 'm2', 't1', 1, 'Hello.', NULL, 1500, 'fast-v1'),
          ('c', 3, 'm3', 't2', 0, 'and?', NULL, 2000, 'DM'),
          ('c', 5, 'm5', 't3', 0, 'a story', NULL, 3000, 'API'), ('c', 6, 'm6', 't3', 1, 'Once', NULL, 3500, 'fast-v1'),
          ('c', 7, 'm7', 't4', 0, 'another', '', 4000, 'GROUP');
        INSERT INTO evaluations (turn_id, evaluator, version, conversation_id, number, status, deferred, reason, result, tries, due, resend) VALUES
          ('t1', 'E1', 1, 'c', 1, 0, 1, NULL, NULL, 2, 1500, 1600), ('t1', 'E2', 1, 'c', 1, 1, 0, NULL, '{"{\"n\":1}"}', 0, 1500, 1600);
        INSERT INTO idempotency VALUES ('ana', 'c', 'k', 't1', 'p', 1000);
        INSERT INTO facts VALUES ('ana', 'r', 'is called Ana', 't1', 1500);
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("vivace-migration-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Turns_that_had_ended_read_as_before()
    {
        using var store = Opened();

        var done = await store.Turns.FindAsync("ana", "t1", default);
        Assert.Equal(
            new TurnRow
            {
                TurnId = "t1", ConversationId = "c", RoomId = "r", Owner = "ana", Number = 1, Status = TurnStatus.Done, Attempt = 2, Worker = "w2", StreamingAttempt = 2,
                ChannelType = 0, Streamed = true, Text = "Hello.", Responded = true, Processing = Report, Used = "{}", CreatedAt = At(1000), EndedAt = At(1500),
                Rollout = new TurnRollout("r1", "unit", (RolloutArm)1, 12.5, true, true, At(1000)),
            },
            done);
        var failed = await store.Turns.FindAsync("ana", "t2", default);
        Assert.Equal((2L, TurnStatus.Failed, "", "model", At(2500)), (failed!.Number, failed.Status, failed.Text, failed.Failure, failed.EndedAt));
        var cancelled = await store.Turns.FindAsync("ana", "t3", default);
        Assert.Equal((3L, TurnStatus.Cancelled, "Once", true, 3), (cancelled!.Number, cancelled.Status, cancelled.Text, cancelled.CancelRequested, (int)cancelled.ChannelType));
        Assert.Equal(
            ["my name is Ana", "Hello.", "and?", "a story", "Once", "another"], (await store.Conversations.MessagesAsync("ana", "c", null, 10, default))!.Messages.Select(m => m.Text));
        Assert.Equal(
            ["my name is ***", "Hello.", "and?", "a story", "Once"], (await store.Conversations.RecentMessagesAsync("c", 9, 10, default)).Select(m => m.Text));
        Assert.Equal(new UsedKey("t1", "p"), await store.Turns.FindKeyAsync("ana", "c", "k", At(2000), default));
        Assert.Equal(["is called Ana"], (await store.Facts.ListAsync("ana", "r", 10, default)).Select(f => f.Text));
    }

    [Fact]
    public async Task The_turn_that_ran_is_due_and_goes_on()
    {
        using var store = Opened();
        var running = await store.Turns.FindAsync("ana", "t4", default);
        Assert.Equal((TurnStatus.Running, null, "Upon", 1, true), (running!.Status, running.Text, running.Checkpoint, running.StreamingAttempt, running.CancelRequested));

        Assert.Empty(await store.Turns.TakeDueAsync(At(4999), At(6000), 10, default));
        Assert.Equal([new DueTurn("t4", "ana", "r", 2)], await store.Turns.TakeDueAsync(At(5000), At(6000), 10, default));
        var work = await store.Turns.BeginAttemptAsync("t4", "w3", At(9000), default);

        Assert.Equal(("another", 3, "Upon"), (work!.Text, work.Turn.Attempt, work.Turn.Checkpoint));
        Assert.Equal(5, (await store.Turns.AcceptAsync(Next(), default)).Number);
        Assert.Equal(
            ["t4", "t5"], (await store.Conversations.DeleteAsync("ana", "c", default))!.Select(t => t.TurnId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_evaluation_that_was_pending_has_the_text_of_the_reply()
    {
        using var store = Opened();

        var job = Assert.Single(await store.Evaluations.DueAsync("t1", At(1500), default));

        Assert.Equal(("E1", 1L, 2, "my name is ***", "Hello.", "fast-v1"), (job.Evaluator, job.Number, job.Tries, job.UserText, job.ReplyText, job.Profile));
        Assert.Equal(12.5, job.Rollout?.Percent);
        Assert.Equal(["t1"], await store.Evaluations.TakeOverdueAsync(At(1600), At(9000), 10, default));
        Assert.Equal(1, (await store.Evaluations.LatestResultAsync("c", "E2", 2, default))!.Value.GetProperty("n").GetInt32());
    }

    private static TurnAcceptance Next() => new()
    {
        TurnId = "t5", ConversationId = "c", Owner = "ana", RoomId = "r", MessageId = "m9", Text = "new", ChannelType = 0, Processing = Report, At = At(5000), DueAt = At(9000),
    };

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>The database of the version before, opened by this one.</summary>
    private SqliteStore Opened()
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "vivace.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"{string.Join('\n', Scripts())}\n{Rows}\nPRAGMA user_version = {Before};";
            command.ExecuteNonQuery();
        }

        return new SqliteStore(new SqliteOptions { Folder = folder });
    }

    private static IEnumerable<string> Scripts()
    {
        var assembly = typeof(SqliteStore).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(Before))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
