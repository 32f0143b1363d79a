using Vivace.Rollouts.Measuring;

namespace Vivace.Rollouts.Storage;

/// <summary>
/// What a rollout keeps: where it stands and by which plan, its audit log, what was measured, and who is there. Shared by every
/// process of a deployment; each call is complete when it returns. Throws <c>StoreUnavailableException</c> (Vivace.Runtime) when the
/// store cannot be reached. A limit is at least 1; what is above it is left for the next call.
/// </summary>
public interface IRolloutStore
{
    /// <summary>Where a rollout stands; of version 0 when it never stood anywhere. What cannot be read of it is said, not thrown.</summary>
    /// <param name="name">The rollout's name, <c>fast-mode</c>.</param>
    ValueTask<StoredRollout> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a decision, status and audit entry in one transaction, unless another has been written since. Of any number that
    /// were made from the same version, one is written.
    /// </summary>
    /// <param name="version">The version that it was made from.</param>
    /// <returns>False: it is no longer the version; nothing was written.</returns>
    ValueTask<bool> CommitAsync(string name, long version, RolloutCommit commit, CancellationToken cancellationToken);

    /// <summary>Whether a rollout with this id stands in the audit log.</summary>
    ValueTask<bool> HasRunAsync(string name, string rolloutId, CancellationToken cancellationToken);

    /// <summary>Lines of the audit log, to the byte, oldest first.</summary>
    /// <param name="after">The sequence before the first; 0: from the beginning.</param>
    ValueTask<IReadOnlyList<string>> HistoryAsync(string name, long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Merges rows of units, and this process's own, in one transaction. A unit counts from its first turn: bad events of one
    /// that has none, or from before it, are not kept.
    /// </summary>
    /// <param name="rolloutId">The plan's id.</param>
    /// <param name="units">In any order; several of one unit are merged.</param>
    /// <returns>Rows that were passed over: bad events of units without a turn, and those of units whose stored row cannot be read.</returns>
    ValueTask<IReadOnlyList<UnitRecord>> RecordAsync(
        string rolloutId, IReadOnlyList<UnitRecord> units, InstanceRecord instance, CancellationToken cancellationToken);

    /// <summary>Units that have changed, in the order of their last change; a unit that changes meanwhile comes again.</summary>
    /// <param name="after">The last change that is known; 0: all.</param>
    ValueTask<UnitChanges> ChangedAsync(string rolloutId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>What each process has counted.</summary>
    ValueTask<InstanceRows> InstancesAsync(string rolloutId, CancellationToken cancellationToken);

    /// <summary>The oldest turns of a rollout that run, or wait for an evaluation.</summary>
    /// <param name="evaluator">The evaluator that scores.</param>
    ValueTask<UnjudgedTurns> UnjudgedAsync(string rolloutId, string evaluator, CancellationToken cancellationToken);

    /// <summary>Says that a process is there, and forgets those that have not said so since.</summary>
    /// <param name="forgetBefore">Heartbeats older than this are removed.</param>
    ValueTask BeatAsync(Heartbeat heartbeat, DateTimeOffset forgetBefore, CancellationToken cancellationToken);

    /// <summary>Says that a process is no longer there.</summary>
    ValueTask LeaveAsync(string instance, CancellationToken cancellationToken);

    /// <summary>The processes that have said since that they are there.</summary>
    ValueTask<IReadOnlyList<Heartbeat>> HeartbeatsAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Keeps what a probe found, in place of the one before.</summary>
    ValueTask PutProbeAsync(string name, RolloutProbe probe, CancellationToken cancellationToken);

    /// <summary>What the last probe found; null: none was recorded, or it cannot be read.</summary>
    ValueTask<RolloutProbe?> ProbeAsync(string name, CancellationToken cancellationToken);
}
