using Vivace.Contracts.Processing;

namespace Vivace.Cli.Drill.Judging;

/// <summary>A marked turn, the only one of its unit; times from the drill's beginning.</summary>
/// <param name="Unit">Counts from 1.</param>
/// <param name="Endpoint">Where it was sent.</param>
/// <param name="SentAt">When: it was admitted after that.</param>
/// <param name="EndedAt">When its answer was there.</param>
internal sealed record DrillTurn(int Unit, Uri Endpoint, TimeSpan SentAt, TimeSpan EndedAt)
{
    /// <summary>How it was processed; null when the server did not say, so that nothing was measured.</summary>
    public ProcessingReport? Report { get; init; }

    /// <summary>Whether it failed after it was accepted.</summary>
    public bool Failed { get; init; }

    /// <summary>Whether it was admitted to fast mode.</summary>
    public bool IsFast => Report?.Effective.Mode == ProcessingMode.Fast;

    /// <summary>Whether it shows the fault that was injected.</summary>
    public bool IsBad(DrillCriteria criteria) => IsFast && (criteria.Fault == DrillFault.Error ? Failed : FirstChunk > criteria.FirstChunkSlo);

    /// <summary>Whether it says that fast is off by the flag that the rollback switches.</summary>
    public bool ShowsOff(DrillCriteria criteria) => Report?.Reason == (criteria.Rollback == Rollouts.Plans.RollbackKind.Hard
        ? FallbackReason.ContractFlagOff
        : FallbackReason.RuntimeFlagOff);

    /// <summary>As the server measured it; where it does not say, the whole turn as seen from here.</summary>
    private TimeSpan FirstChunk => Report?.Timings?.FirstChunkMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : EndedAt - SentAt;
}
