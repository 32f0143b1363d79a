namespace Vivace.Rollouts.Storage;

/// <summary>What a probe of the deployment found, in short.</summary>
public sealed record RolloutProbe
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Turns that were accepted; null: not said.</summary>
    public int? Turns { get; init; }

    /// <summary>What did not hold, or could not be measured.</summary>
    public required long Mismatches { get; init; }

    /// <summary>The hash of each profile that it saw in effect, by name; null: not said.</summary>
    public IReadOnlyDictionary<string, string>? ProfileHashes { get; init; }

    /// <summary>The version of the flags that decided its turns; null: not said.</summary>
    public string? FlagVersion { get; init; }
}
