namespace Vivace.Client.Rollouts;

/// <summary>What a probe of the deployment found, in short.</summary>
public sealed record RolloutProbe
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Turns that were accepted; null: not said.</summary>
    public int? Turns { get; init; }

    /// <summary>What did not hold, or could not be measured; a rollout starts only at 0.</summary>
    public required long Mismatches { get; init; }

    /// <summary>The hash of each profile by its name: what the probe saw in effect.</summary>
    public IReadOnlyDictionary<string, string>? ProfileHashes { get; init; }

    /// <summary>The version of the flags that decided one of its turns, <c>none</c> where none was accepted.</summary>
    public string? FlagVersion { get; init; }
}
