namespace Vivace.Runtime.Storage;

/// <summary>
/// Turns, from acceptance to their one terminal state. A returned task is complete when the write is durable. Throws
/// <see cref="StoreUnavailableException"/> when the store cannot be reached. A limit is at least 1; what is above it is left for the
/// next call.
/// </summary>
public interface ITurnStore
{
    /// <summary>Accepts a message in one transaction.</summary>
    ValueTask<AcceptOutcome> AcceptAsync(TurnAcceptance acceptance, CancellationToken cancellationToken);

    /// <summary>
    /// Accepts a message and ends its turn in one transaction: for a turn that ended before anybody had to know of it. The
    /// position that counts is the one it gets here; writes nothing unless it is accepted.
    /// </summary>
    /// <param name="acceptance">Without a key: only <see cref="AcceptAsync"/> keeps two messages of one key apart.</param>
    /// <exception cref="ArgumentException">The acceptance has a key.</exception>
    ValueTask<AcceptOutcome> RecordAsync(TurnAcceptance acceptance, TurnCompletion completion, CancellationToken cancellationToken);

    /// <summary>What a key was used for, or null. Only <see cref="AcceptAsync"/> decides; this spares it a try.</summary>
    ValueTask<UsedKey?> FindKeyAsync(string owner, string conversationId, string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes keys that are older than 24 hours, at most <paramref name="limit"/>; how many they were.</summary>
    ValueTask<int> ForgetKeysAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Begins the next attempt at a running turn and fences off the one before: from here on that one can neither show text
    /// nor end the turn. Null when the turn has ended or is gone.
    /// </summary>
    /// <param name="worker">The instance that begins.</param>
    /// <param name="dueAt">When the turn is handed on unless it has ended by then.</param>
    ValueTask<TurnWork?> BeginAttemptAsync(string turnId, string worker, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Ends a turn in one transaction, or says why not.</summary>
    ValueTask<CompletionOutcome> CompleteAsync(TurnCompletion completion, CancellationToken cancellationToken);

    /// <summary>The owner's turn, or null.</summary>
    ValueTask<TurnRow?> FindAsync(string owner, string turnId, CancellationToken cancellationToken);

    /// <summary>
    /// Claims the right to show text and records the first of it: true for the first attempt that asks and for it alone. Ask
    /// before the first chunk.
    /// </summary>
    ValueTask<bool> TryBeginStreamingAsync(string turnId, int attempt, string text, CancellationToken cancellationToken);

    /// <summary>
    /// Records the whole text shown so far; false, and nothing recorded, unless <paramref name="attempt"/> holds the claim,
    /// is the latest and the turn runs. Record before showing, so that what is recorded is never less than what was shown.
    /// </summary>
    ValueTask<bool> CheckpointAsync(string turnId, int attempt, string text, CancellationToken cancellationToken);

    /// <summary>Asks a turn to end; its row after that, ended or not, or null when the owner has none of that id.</summary>
    ValueTask<TurnRow?> RequestCancelAsync(string owner, string turnId, CancellationToken cancellationToken);

    /// <summary>Running turns that are due to be handed to a worker, earliest first; each is due again at <paramref name="again"/>.</summary>
    ValueTask<IReadOnlyList<DueTurn>> TakeDueAsync(DateTimeOffset now, DateTimeOffset again, int limit, CancellationToken cancellationToken);
}
