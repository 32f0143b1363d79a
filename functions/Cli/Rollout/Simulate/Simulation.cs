using System.Globalization;
using Vivace.Cli.Output;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Simulating;

namespace Vivace.Cli.Rollout.Simulate;

/// <summary>Plays rollouts with progress.</summary>
internal sealed class Simulation(Progress progress)
{
    /// <summary>On a thread of its own: it computes without a pause.</summary>
    public Task<SimulatedArms> PlayAsync(SimulationOptions options, CancellationToken cancellationToken)
        => Task.Run(() => Play(options, cancellationToken), cancellationToken);

    /// <summary>The same, the fast arm failing as the control arm does; it is still as fast.</summary>
    public static SimulationOptions Alike(SimulationOptions options) => options with
    {
        Fast = options.Control with { FirstChunkMedian = options.Fast.FirstChunkMedian, FirstChunkSigma = options.Fast.FirstChunkSigma },
    };

    private SimulatedArms Play(SimulationOptions options, CancellationToken cancellationToken)
    {
        var alike = Alike(options) == options;
        var (reached, held) = (new List<double>(), new List<double>());
        var watch = new Watch(played =>
        {
            if (played.Status.Percent >= 100)
            {
                reached.Add((played.Status.StepSince - played.Status.StartedAt).TotalSeconds);
            }

            if (played.Status.State == RolloutState.Running)
            {
                held.Add(played.Status.Percent);
            }

            progress.Show($"{(alike ? "A/A" : "As given")}: {played.Run + 1} of {options.Runs} rollouts");
        });
        var report = RolloutSimulation.Run(options, watch, cancellationToken);
        progress.Clear();
        progress.Say($"{(alike ? "A/A" : "As given")}: {report.Runs} rollouts played");
        return new SimulatedArms(alike, options.Fast, options.Control, report, QuantilesOf(reached), Counted(held));
    }

    private static Dictionary<string, int> Counted(List<double> percents)
        => percents.Order().CountBy(p => p.ToString(CultureInfo.InvariantCulture)).ToDictionary();

    /// <summary>Nearest rank, as those of the report.</summary>
    private static Quantiles? QuantilesOf(List<double> values)
    {
        values.Sort();
        double At(double share) => values[Math.Max(0, (int)Math.Ceiling(share * values.Count) - 1)];
        return values.Count == 0 ? null : new Quantiles(At(0.1), At(0.5), At(0.9), values[^1]);
    }

    /// <summary>Called where it is reported, in order.</summary>
    private sealed class Watch(Action<SimulatedRollout> seen) : IProgress<SimulatedRollout>
    {
        public void Report(SimulatedRollout value) => seen(value);
    }
}
