using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Simulating;

/// <summary>What many rollouts of a plan came to.</summary>
public sealed record SimulationReport
{
    /// <summary>Rollouts played.</summary>
    public required int Runs { get; init; }

    /// <summary>The seed that plays them again.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Rolled back, by gate: false alarms where the arms are alike, detections where they are not.</summary>
    public required IReadOnlyDictionary<string, int> RolledBack { get; init; }

    /// <summary>Came to the end of the last step.</summary>
    public required int Completed { get; init; }

    /// <summary>Neither, until the maximum time.</summary>
    public required int Unfinished { get; init; }

    /// <summary>Seconds until a rollback.</summary>
    public Quantiles? SecondsToRollBack { get; init; }

    /// <summary>Compared units an arm (the mean of both) at a rollback.</summary>
    public Quantiles? UnitsPerArmAtRollBack { get; init; }

    /// <summary>Seconds until the last step had passed.</summary>
    public Quantiles? SecondsToComplete { get; init; }

    /// <summary>Rolled back by any gate.</summary>
    public int AllRolledBack => RolledBack.Values.Sum();

    /// <summary>The chance of a rollback, as a share of the runs.</summary>
    public double RollBackShare => (double)AllRolledBack / Math.Max(1, Runs);

    internal static SimulationReport Of(ulong seed, IReadOnlyCollection<SimulatedRollout> runs)
    {
        var back = runs.Where(r => r.Status.State == RolloutState.RolledBack).ToList();
        var done = runs.Where(r => r.Status.State == RolloutState.Completed).ToList();
        return new SimulationReport
        {
            Runs = runs.Count,
            Seed = seed,
            RolledBack = back.CountBy(r => r.Status.Reason!).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(),
            Completed = done.Count,
            Unfinished = runs.Count - back.Count - done.Count,
            SecondsToRollBack = Quantiles.Of(back.Select(r => r.Duration.TotalSeconds)),
            UnitsPerArmAtRollBack = Quantiles.Of(back.Select(r => (r.Units.Fast + r.Units.Control) / 2.0)),
            SecondsToComplete = Quantiles.Of(done.Select(r => r.Duration.TotalSeconds)),
        };
    }
}
