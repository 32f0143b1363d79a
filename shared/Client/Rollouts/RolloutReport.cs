using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vivace.Client.Rollouts;

/// <summary>Where the rollout of fast mode stands. Members that this version does not know are in <see cref="Document"/>.</summary>
public sealed record RolloutReport
{
    /// <summary>The rollout's name, <c>fast-mode</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What of the plan is shown; null: there is none, or it has faults.</summary>
    public RolloutOutline? Plan { get; init; }

    /// <summary>Every fault of the configured plan; null or empty when it has none.</summary>
    public IReadOnlyList<string>? PlanFaults { get; init; }

    /// <summary>Why the server only holds or ends the rollout: another version of it has written its plan or status; null: it does not.</summary>
    public string? Fault { get; init; }

    /// <summary>Null: none has ever been started.</summary>
    public RolloutStanding? Status { get; init; }

    /// <summary>Of all gates together: <c>pass</c>, <c>inconclusive</c>, <c>error</c> or <c>fail</c>; null: nothing was judged.</summary>
    public string? Verdict { get; init; }

    /// <summary>What each gate found, in the server's order; null: nothing was judged.</summary>
    public IReadOnlyList<RolloutGate>? Gates { get; init; }

    /// <summary>Null: they could not be read, or nothing runs.</summary>
    public RolloutMeasured? Measurements { get; init; }

    /// <summary>Null: the flags could not be read.</summary>
    public RolloutFlag? Flag { get; init; }

    /// <summary>How many processes of the deployment have reported lately.</summary>
    public int Instances { get; init; }

    /// <summary>The last probe that was recorded; null: none was.</summary>
    public RolloutProbe? Probe { get; init; }

    /// <summary>The last entry of the audit log.</summary>
    public RolloutHead? Head { get; init; }

    /// <summary>The document as the server gave it.</summary>
    [JsonIgnore]
    public JsonElement Document { get; init; }
}
