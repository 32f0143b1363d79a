namespace Vivace.Contracts.Processing;

/// <summary>What was asked for and what was done. Stands on every reply, error after acceptance, cancel and replay.</summary>
public sealed record ProcessingReport
{
    /// <summary>What the message and the defaults asked for.</summary>
    public required RequestedProcessing Requested { get; init; }

    /// <summary>How the turn was processed.</summary>
    public required EffectiveProcessing Effective { get; init; }

    /// <summary>What had the last word.</summary>
    public required DecidedBy DecidedBy { get; init; }

    /// <summary>Why effective differs from requested; absent when it does not.</summary>
    public FallbackReason? Reason { get; init; }

    /// <summary>The rollout arm of the owner, whatever the message asked for.</summary>
    public required RolloutArm Arm { get; init; }

    /// <summary>True for an owner that the rollout names, by itself or by a group, and leaves out of the comparison; absent otherwise.</summary>
    public bool? Cohort { get; init; }

    /// <summary>Version of the flag snapshot that decided.</summary>
    public required string FlagVersion { get; init; }

    /// <summary>Where the turn ran: <c>local</c> or <c>cloud</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Every model call made before the reply was complete, in the order in which they were made; failed ones too.</summary>
    public IReadOnlyList<ModelUse> Models { get; init; } = [];

    /// <summary>Measured durations; absent before the turn has ended.</summary>
    public TurnTimings? Timings { get; init; }
}
