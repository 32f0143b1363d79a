using Vivace.Runtime.Storage;

namespace Vivace.Api.Tests.Turns;

/// <summary>A store of turns whose writes of acceptances and ends are noted, and done as a test says.</summary>
internal sealed class TurnStoreInTest(ITurnStore inner) : ITurnStore
{
    private readonly Lock gate = new();
    private readonly List<string> calls = [];

    /// <summary>The writes of acceptances and ends so far, in the order in which they began.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>How an acceptance is written.</summary>
    public Func<TurnAcceptance, Func<ValueTask<AcceptOutcome>>, ValueTask<AcceptOutcome>> Accepts { get; set; } = (_, write) => write();

    /// <summary>How a turn is recorded at once.</summary>
    public Func<TurnAcceptance, Func<ValueTask<AcceptOutcome>>, ValueTask<AcceptOutcome>> Records { get; set; } = (_, write) => write();

    public void Note(string call)
    {
        lock (gate)
        {
            calls.Add(call);
        }
    }

    public async ValueTask<AcceptOutcome> AcceptAsync(TurnAcceptance acceptance, CancellationToken cancellationToken)
    {
        Note("accept");
        return await Accepts(acceptance, () => inner.AcceptAsync(acceptance, cancellationToken));
    }

    public async ValueTask<AcceptOutcome> RecordAsync(TurnAcceptance acceptance, TurnCompletion completion, CancellationToken cancellationToken)
    {
        Note("record");
        return await Records(acceptance, () => inner.RecordAsync(acceptance, completion, cancellationToken));
    }

    public ValueTask<CompletionOutcome> CompleteAsync(TurnCompletion completion, CancellationToken cancellationToken)
    {
        Note("complete");
        return inner.CompleteAsync(completion, cancellationToken);
    }

    public ValueTask<UsedKey?> FindKeyAsync(string owner, string conversationId, string key, DateTimeOffset now, CancellationToken cancellationToken)
        => inner.FindKeyAsync(owner, conversationId, key, now, cancellationToken);

    public ValueTask<int> ForgetKeysAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => inner.ForgetKeysAsync(now, limit, cancellationToken);

    public ValueTask<TurnWork?> BeginAttemptAsync(string turnId, string worker, DateTimeOffset dueAt, CancellationToken cancellationToken)
        => inner.BeginAttemptAsync(turnId, worker, dueAt, cancellationToken);

    public ValueTask<TurnRow?> FindAsync(string owner, string turnId, CancellationToken cancellationToken) => inner.FindAsync(owner, turnId, cancellationToken);

    public ValueTask<bool> TryBeginStreamingAsync(string turnId, int attempt, string text, CancellationToken cancellationToken)
        => inner.TryBeginStreamingAsync(turnId, attempt, text, cancellationToken);

    public ValueTask<bool> CheckpointAsync(string turnId, int attempt, string text, CancellationToken cancellationToken)
        => inner.CheckpointAsync(turnId, attempt, text, cancellationToken);

    public ValueTask<TurnRow?> RequestCancelAsync(string owner, string turnId, CancellationToken cancellationToken)
        => inner.RequestCancelAsync(owner, turnId, cancellationToken);

    public ValueTask<IReadOnlyList<DueTurn>> TakeDueAsync(DateTimeOffset now, DateTimeOffset again, int limit, CancellationToken cancellationToken)
        => inner.TakeDueAsync(now, again, limit, cancellationToken);
}
