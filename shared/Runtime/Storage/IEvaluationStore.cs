using System.Text.Json;
using Vivace.Runtime.Evaluations;

namespace Vivace.Runtime.Storage;

/// <summary>Evaluations of replies and where each stands. Turn, evaluator and version together are unique.</summary>
public interface IEvaluationStore
{
    /// <summary>Evaluations that are due, earliest first.</summary>
    ValueTask<IReadOnlyList<EvaluationJob>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ends pending evaluations and applies their effects in one transaction. Returns those that were pending; the others
    /// had ended, and have no effect again.
    /// </summary>
    ValueTask<IReadOnlyList<EvaluationRecord>> EndAsync(
        IReadOnlyList<EvaluationRecord> records, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Counts a failed try of a pending evaluation and says when it is due again.</summary>
    ValueTask RetryAsync(EvaluationJob job, DateTimeOffset due, string reason, CancellationToken cancellationToken);

    /// <summary>The evaluations of a turn, by evaluator.</summary>
    ValueTask<IReadOnlyList<EvaluationRecord>> ForTurnAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>The newest result of an evaluator on turns before a position of a conversation; null when there is none.</summary>
    ValueTask<JsonElement?> LatestResultAsync(
        string conversationId, string evaluator, long beforeNumber, CancellationToken cancellationToken);
}
