namespace Vivace.Rollouts.Plans;

/// <summary>How fast mode is rolled out: configuration key <see cref="RolloutPlanJson.Key"/>.</summary>
public sealed record RolloutPlan
{
    /// <summary>
    /// Names the rollout, and is the seed of its assignment: <c>[a-z0-9][a-z0-9-]{0,63}</c>. A rollout that has ended never
    /// starts again under the same id.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>In order of rising percent.</summary>
    public required RolloutStep[] Steps { get; init; }

    /// <summary>The guards, each kind at most once.</summary>
    public required GuardPlan[] Guards { get; init; }

    /// <summary>
    /// The chance, over the whole rollout and all guards together, of rolling back although nothing is worse; and likewise the
    /// chance of ever promoting although fast is not faster. Above 0, at most 0.2.
    /// </summary>
    public double Alpha { get; set; } = 0.05;

    /// <summary>First chunk, in seconds, that the fast arm promises; above 0, at most 120.</summary>
    public double FirstChunkSlo { get; set; } = 1.5;

    /// <summary>The share of units that may miss <see cref="FirstChunkSlo"/>; between 0 and 1.</summary>
    public double SlowShare { get; set; } = 0.05;

    /// <summary>A fast unit counts as faster when its first chunk took less than this part of its partner's; between 0 and 1.</summary>
    public double FasterThan { get; set; } = 0.5;

    /// <summary>
    /// How long after its start a unit's first turn is paired: longer than any turn lasts, so that slow ones are not paired late.
    /// </summary>
    public TimeSpan Settling { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>How likely the check of the sample ratio may hold a rollout without cause; above 0, at most 0.05.</summary>
    public double SampleRatioAlpha { get; set; } = 0.001;

    /// <summary>Quality, which is judged late.</summary>
    public QualityPlan Quality { get; set; } = new();

    /// <summary>How long after a rollback no rollout may start.</summary>
    public TimeSpan CoolDown { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What a failing gate switches off.</summary>
    public RollbackKind Rollback { get; set; }

    /// <summary>Step 0; null: without one.</summary>
    public InternalCohort? Cohort { get; set; }

    /// <summary>Limits of a provider's priority tier; null: none is used.</summary>
    public PriorityTierPlan? PriorityTier { get; set; }

    /// <summary>A week from the first percent to all, with the agreed deltas.</summary>
    public static RolloutPlan Default { get; } = new()
    {
        Id = "fast-mode-1",
        Steps =
        [
            new(5, TimeSpan.FromHours(4), 50),
            new(20, TimeSpan.FromHours(20), 200),
            new(50, TimeSpan.FromDays(2), 500),
            new(75, TimeSpan.FromDays(2), 500),
            new(100, TimeSpan.FromDays(2), 500),
        ],
        Guards =
        [
            new() { Kind = GuardKind.Failure, Delta = 0.005 },
            new() { Kind = GuardKind.Unsafe },
            new() { Kind = GuardKind.LowQuality, Delta = 0.05, MaximumRatio = 2 },
        ],
    };
}
