namespace Vivace.Client.Rollouts;

/// <summary>What a rollout is judged by, at one moment; each member is null where the server does not say.</summary>
public sealed record RolloutMeasured
{
    /// <summary>When it was taken.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Compared units.</summary>
    public RolloutArmCounts? Units { get; init; }

    /// <summary>Settled pairs of a fast and a control unit, and in how many of them fast was faster as planned.</summary>
    public RolloutCount? Pairs { get; init; }

    /// <summary>First turns of fast units, and how many were later than promised.</summary>
    public RolloutCount? Latency { get; init; }

    /// <summary>Turns that were not processed where they should have been, by kind.</summary>
    public IReadOnlyDictionary<string, long>? Mismatches { get; init; }

    /// <summary>Every turn accepted before has been judged for quality, in both arms.</summary>
    public DateTimeOffset? JudgedUntil { get; init; }

    /// <summary>Units by percent.</summary>
    public IReadOnlyList<RolloutStepUnits>? Steps { get; init; }
}
