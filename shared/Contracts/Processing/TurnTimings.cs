namespace Vivace.Contracts.Processing;

/// <summary>Durations of a turn in milliseconds.</summary>
public sealed record TurnTimings
{
    /// <summary>From acceptance to the terminal state, milliseconds.</summary>
    public required double TotalMs { get; init; }

    /// <summary>From acceptance to the first text released to the client, milliseconds; absent when there was none.</summary>
    public double? FirstChunkMs { get; init; }

    /// <summary>Milliseconds by stage (<c>evaluate.pre</c>, <c>compose.state</c>, ...), stages that ran only.</summary>
    public required IReadOnlyDictionary<string, double> Stages { get; init; }
}
