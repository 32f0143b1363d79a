using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Sqlite;

namespace Vivace.Crash.Tests;

/// <summary>The rows of a folder, beside the processes that use it. It has a turn of the day before, whose idempotency key is to be forgotten and nothing else of it.</summary>
internal sealed class StoreBeside(string folder)
{
    public const string Owner = "local";
    private const string Yesterday = "yesterday";

    /// <summary>Many times what is between two sweeps.</summary>
    private static readonly TimeSpan SweepLimit = TimeSpan.FromSeconds(20);

    private readonly DateTimeOffset then = DateTimeOffset.UtcNow.AddHours(-25);

    public async Task WriteYesterdayAsync()
    {
        using var store = Open();
        await store.Conversations.CreateAsync(
            Owner, new Conversation { Id = Yesterday, Title = Yesterday, RoomId = Yesterday, CreatedAt = then, UpdatedAt = then }, CancellationToken.None);
        var accepted = await store.Turns.AcceptAsync(
            new TurnAcceptance
            {
                TurnId = Yesterday, ConversationId = Yesterday, Owner = Owner, RoomId = Yesterday, MessageId = "asked", Text = "Old news?", ChannelType = ChannelType.Dm, Processing = "{}",
                At = then, Worker = Yesterday, DueAt = then, IdempotencyKey = Yesterday, PayloadHash = Yesterday,
            },
            CancellationToken.None);
        await store.Turns.CompleteAsync(
            new TurnCompletion
            {
                TurnId = Yesterday, ConversationId = Yesterday, Owner = Owner, RoomId = Yesterday, Number = accepted.Number, Attempt = 1, Status = TurnStatus.Done, Text = "Old.",
                ReplyMessageId = "answered", Responded = true, Processing = "{}", Used = "{}", At = then,
            },
            CancellationToken.None);
    }

    /// <summary>The key of yesterday is forgotten, its turn is not, and no key of today is.</summary>
    /// <param name="today">Turns by the keys under which they were asked for.</param>
    public async Task CheckKeysAsync(CrashChecks checks, string conversation, IReadOnlyDictionary<string, string> today)
    {
        using var store = Open();
        var old = await Eventually.GetAsync(async () => await FindAsync(store, Yesterday, Yesterday, then), key => key is null, SweepLimit);
        checks.Expect(old is null, "The key of yesterday is still there.");
        checks.Expect(await store.Turns.FindAsync(Owner, Yesterday, CancellationToken.None) is { Status: TurnStatus.Done, Text: "Old." }, "The turn of yesterday is gone.");
        foreach (var (key, turn) in today)
        {
            checks.Expect((await FindAsync(store, conversation, key, DateTimeOffset.UtcNow))?.TurnId == turn, $"Key {key} does not stand for its turn.");
        }
    }

    /// <summary>Exactly this is remembered in a room, in the order of the alphabet.</summary>
    public async Task CheckFactsAsync(CrashChecks checks, string room, params string[] facts)
    {
        using var store = Open();
        var remembered = (await store.Facts.ListAsync(Owner, room, 100, CancellationToken.None)).Select(f => f.Text).Order(StringComparer.Ordinal);
        checks.Expect(remembered.SequenceEqual(facts), $"Remembered is [{string.Join(" | ", remembered)}], to be remembered was [{string.Join(" | ", facts)}].");
    }

    private static ValueTask<UsedKey?> FindAsync(SqliteStore store, string conversation, string key, DateTimeOffset now)
        => store.Turns.FindKeyAsync(Owner, conversation, key, now, CancellationToken.None);

    private SqliteStore Open() => new(new SqliteOptions { Folder = folder });
}
