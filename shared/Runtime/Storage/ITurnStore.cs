namespace Vivace.Runtime.Storage;

/// <summary>Turns, from acceptance to their one terminal state. A returned task is complete when the write is durable.</summary>
public interface ITurnStore
{
    /// <summary>Accepts a message in one transaction.</summary>
    ValueTask<AcceptOutcome> AcceptAsync(TurnAcceptance acceptance, CancellationToken cancellationToken);

    /// <summary>What a key was used for, or null. Only <see cref="AcceptAsync"/> decides; this spares it a try.</summary>
    ValueTask<UsedKey?> FindKeyAsync(string owner, string conversationId, string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes keys that are older than 24 hours, at most <paramref name="limit"/>; how many they were.</summary>
    ValueTask<int> ForgetKeysAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Ends a turn in one transaction; false, and nothing written, when it has ended or another attempt owns it.</summary>
    ValueTask<bool> CompleteAsync(TurnCompletion completion, CancellationToken cancellationToken);

    /// <summary>The owner's turn, or null.</summary>
    ValueTask<TurnRow?> FindAsync(string owner, string turnId, CancellationToken cancellationToken);

    /// <summary>
    /// Claims the right to show text: true for the first attempt that asks and for it alone. Ask before the first chunk.
    /// </summary>
    ValueTask<bool> TryBeginStreamingAsync(string turnId, int attempt, CancellationToken cancellationToken);

    /// <summary>Records what has been shown; ignored unless <paramref name="attempt"/> won the streaming claim.</summary>
    ValueTask CheckpointAsync(string turnId, int attempt, string text, CancellationToken cancellationToken);

    /// <summary>Asks a running turn to end; false when there is none of that owner running.</summary>
    ValueTask<bool> RequestCancelAsync(string owner, string turnId, CancellationToken cancellationToken);

    /// <summary>Turns that are due to be handed to another worker, earliest first.</summary>
    ValueTask<IReadOnlyList<TurnRow>> DueHandOversAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
