using Vivace.Contracts.Processing;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Simulating;

/// <summary>What is played.</summary>
public sealed record SimulationOptions
{
    /// <summary>The plan, without an internal cohort: its turns are not compared, so there is nothing to play.</summary>
    public required RolloutPlan Plan { get; init; }

    /// <summary>How many rollouts.</summary>
    public int Runs { get; init; } = 100;

    /// <summary>The same seed plays the same rollouts; run i is the same whatever the number of runs.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Turns that ask for fast, a second, of all units together.</summary>
    public double TurnsPerSecond { get; init; } = 5;

    /// <summary>Who sends them.</summary>
    public Population Population { get; init; } = Population.Independent;

    /// <summary>The fast arm.</summary>
    public ArmBehaviour Fast { get; init; } = new() { FirstChunkMedian = 0.4 };

    /// <summary>The fast arm above 50 %, where more load may change it; null: as below.</summary>
    public ArmBehaviour? FastAboveHalf { get; init; }

    /// <summary>The control arm.</summary>
    public ArmBehaviour Control { get; init; } = new();

    /// <summary>Longest time from a turn's end to its score; scores come evenly within it.</summary>
    public TimeSpan QualityDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often rows are written and the rollout is judged.</summary>
    public TimeSpan Flush { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When a rollout that neither ends nor completes is given up.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether each run keeps the lines of its audit log.</summary>
    public bool KeepAudit { get; init; }

    /// <summary>How an arm behaves at a percent.</summary>
    internal ArmBehaviour Of(RolloutArm arm, double percent)
        => arm != RolloutArm.Fast ? Control : percent > 50 && FastAboveHalf is { } above ? above : Fast;
}
