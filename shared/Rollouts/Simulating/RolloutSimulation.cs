using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Simulating;

/// <summary>Plays a plan many times against traffic of known behaviour, through the same judgement that production uses.</summary>
public static class RolloutSimulation
{
    /// <summary>Plays <see cref="SimulationOptions.Runs"/> rollouts, one after another.</summary>
    /// <param name="progress">Told of each rollout as it ends; on the calling thread if it is not a <see cref="Progress{T}"/>.</param>
    /// <exception cref="ArgumentException">The options have faults; all are in the message.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SimulationReport Run(SimulationOptions options, IProgress<SimulatedRollout>? progress, CancellationToken cancellationToken)
    {
        var faults = Faults(options).ToList();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
        }

        var runs = new List<SimulatedRollout>(options.Runs);
        for (var run = 0; run < options.Runs; run++)
        {
            var played = new SimulatedRun(options, run).Play(cancellationToken);
            progress?.Report(played);
            runs.Add(played with { AuditLines = [] });
        }

        return SimulationReport.Of(options.Seed, runs);
    }

    private static IEnumerable<string> Faults(SimulationOptions options) => [
        .. RolloutPlanValidator.Faults(options.Plan),
        .. Rule(options.Plan.Cohort is null, "A plan is played without its internal cohort."),
        .. Rule(options.Runs > 0, "Runs must be above 0."),
        .. Rule(options.TurnsPerSecond > 0, "TurnsPerSecond must be above 0."),
        .. Rule(options.Population.Owners >= 0, "Population.Owners must not be negative."),
        .. Rule(options.Population.RateSigma is >= 0 and <= 10, "Population.RateSigma must be 0 to 10."),
        .. Rule(options.Flush > TimeSpan.Zero, "Flush must be longer than nothing."),
        .. Rule(options.QualityDelay >= TimeSpan.Zero, "QualityDelay must not be negative."),
        .. Rule(options.MaximumTime > TimeSpan.Zero, "MaximumTime must be longer than nothing."),
        .. Faults(options.Fast, "Fast"),
        .. Faults(options.FastAboveHalf ?? options.Fast, "FastAboveHalf"),
        .. Faults(options.Control, "Control")];

    private static IEnumerable<string> Faults(ArmBehaviour arm, string name) => [
        .. Rule(arm is { Failure: >= 0 and <= 1, Unsafe: >= 0 and <= 1, LowQuality: >= 0 and <= 1 }, $"{name}: shares must be 0 to 1."),
        .. Rule(arm is { FirstChunkMedian: > 0, FirstChunkSigma: >= 0 }, $"{name}: FirstChunkMedian must be above 0, its sigma not negative.")];

    private static IEnumerable<string> Rule(bool holds, string fault) => holds ? [] : [fault];
}
