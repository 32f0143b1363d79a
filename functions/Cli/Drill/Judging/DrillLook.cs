namespace Vivace.Cli.Drill.Judging;

/// <summary>What an endpoint said of the rollout.</summary>
/// <param name="Endpoint">Which one.</param>
/// <param name="At">When its answer was there, from the drill's beginning.</param>
/// <param name="RolledBack">Whether it was rolled back.</param>
/// <param name="Reason">By which gate.</param>
/// <param name="ContractEnabled">The contract flag; null: not readable.</param>
/// <param name="RuntimeEnabled">The runtime flag; null: not readable.</param>
internal sealed record DrillLook(Uri Endpoint, TimeSpan At, bool RolledBack, string? Reason, bool? ContractEnabled, bool? RuntimeEnabled)
{
    /// <summary>Whether the flags are as the rollback leaves them.</summary>
    public bool ShowsOff(DrillCriteria criteria)
        => RuntimeEnabled == false && ContractEnabled == (criteria.Rollback == Rollouts.Plans.RollbackKind.Soft);
}
