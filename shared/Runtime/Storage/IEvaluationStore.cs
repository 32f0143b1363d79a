using System.Text.Json;
using Vivace.Runtime.Evaluations;

namespace Vivace.Runtime.Storage;

/// <summary>
/// Evaluations of replies and where each stands. Turn, evaluator and version together are unique. Written with the turn's
/// end; a message then asks for those of a turn to be run, and is sent again where it seems to have been lost.
/// </summary>
public interface IEvaluationStore
{
    /// <summary>The pending evaluations of a turn that may run at <paramref name="now"/>, by evaluator; most often one read.</summary>
    ValueTask<IReadOnlyList<EvaluationJob>> DueAsync(string turnId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Ids of turns whose pending evaluations should have run by <paramref name="now"/>, longest overdue first; each is
    /// overdue again at <paramref name="again"/>.
    /// </summary>
    ValueTask<IReadOnlyList<string>> TakeOverdueAsync(DateTimeOffset now, DateTimeOffset again, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Ends pending evaluations and applies their effects in one transaction. Returns those that were pending; the others
    /// had ended, and have no effect again.
    /// </summary>
    ValueTask<IReadOnlyList<EvaluationRecord>> EndAsync(
        IReadOnlyList<EvaluationRecord> records, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Counts a failed try of a pending evaluation and says when it is due again, and when it is overdue.</summary>
    ValueTask RetryAsync(EvaluationJob job, DateTimeOffset due, DateTimeOffset overdue, string reason, CancellationToken cancellationToken);

    /// <summary>The evaluations of a turn, by evaluator.</summary>
    ValueTask<IReadOnlyList<EvaluationRecord>> ForTurnAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>The newest result of an evaluator on turns before a position of a conversation; null when there is none.</summary>
    ValueTask<JsonElement?> LatestResultAsync(
        string conversationId, string evaluator, long beforeNumber, CancellationToken cancellationToken);

    /// <summary>Dead evaluations of every owner, oldest turn first, after a key; null for the first.</summary>
    ValueTask<IReadOnlyList<DeadEvaluation>> DeadAsync(EvaluationKey? after, int limit, CancellationToken cancellationToken);

    /// <summary>Makes a dead evaluation pending again, its tries forgotten; false when there is no such dead one.</summary>
    ValueTask<bool> RequeueAsync(EvaluationKey key, DateTimeOffset due, DateTimeOffset overdue, CancellationToken cancellationToken);

    /// <summary>Where the evaluations of every owner stand, by evaluator and version. Reads every row.</summary>
    ValueTask<IReadOnlyList<EvaluationCount>> CountAsync(CancellationToken cancellationToken);
}
