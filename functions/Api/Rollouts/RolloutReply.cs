using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts;

/// <summary>Reply of <c>GET /api/rollouts/{name}</c> and of every operation: where the rollout stands.</summary>
internal sealed record RolloutReply
{
    public required string Name { get; init; }

    /// <summary>The plan in force; before a start the configured one.</summary>
    public RolloutPlan? Plan { get; init; }

    /// <summary>Every fault of the configured plan.</summary>
    public required IReadOnlyList<string> PlanFaults { get; init; }

    /// <summary>Why this process only holds or ends the rollout: another version of the program has written its plan or status; absent: it does not.</summary>
    public string? Fault { get; init; }

    public RolloutStatus? Status { get; init; }

    /// <summary>Of all gates together, as they are now.</summary>
    public Verdict? Verdict { get; init; }

    public required GateResult[] Gates { get; init; }

    public Measurements? Measurements { get; init; }

    /// <summary>What the flags say; absent: they could not be read.</summary>
    public FlagAllocation? Flag { get; init; }

    /// <summary>Processes that have said lately that they are there.</summary>
    public required int Instances { get; init; }

    /// <summary>The hash of each profile in effect in this process, by its name.</summary>
    public required IReadOnlyDictionary<string, string> ProfileHashes { get; init; }

    public RolloutProbe? Probe { get; init; }

    public AuditHead? Head { get; init; }
}
