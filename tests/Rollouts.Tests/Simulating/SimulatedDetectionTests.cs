using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Simulating;
using Xunit.Abstractions;

namespace Vivace.Rollouts.Tests.Simulating;

public class SimulatedDetectionTests(ITestOutputHelper output)
{
    /// <summary>The plan ends at 50 %, so four guards share α and each rolls back at E ≥ 80. Units come between two
    /// judgements, and few runs estimate a quantile badly: the exact figures are those of the gate's own test.</summary>
    [Fact]
    public void Failures_that_rise_to_five_percent_are_found_soon()
    {
        var report = Play(TestPlans.Half, Population.Independent, 0.05);
        Assert.True(report.RolledBack["failure"] >= 0.97 * report.Runs, $"{report.RolledBack["failure"]} found");
        Assert.InRange(report.UnitsPerArmAtRollBack!.P90, 450, Release.Size(850, 700));
    }

    [Fact]
    public void Failures_that_only_show_above_half_are_found_by_the_fixed_rates()
    {
        var report = Play(TestPlans.Large, Population.Independent, 0.01, failuresAbove: 0.2);
        Assert.True(report.RolledBack["failure-above-half"] >= 0.9 * report.Runs);
        Assert.Equal(report.Runs, report.AllRolledBack);
    }

    [Fact]
    public void Slow_first_chunks_are_found_by_the_latency_guard()
    {
        var report = Play(TestPlans.Large, Population.Independent, 0.01, seconds: 1.4);
        Assert.True(report.RolledBack["latency"] >= 0.95 * report.Runs);
    }

    [Fact]
    public void The_same_seed_plays_the_same_rollouts()
    {
        var (one, two) = (Play(TestPlans.Half, new Population(50), 0.05), Play(TestPlans.Half, new Population(50), 0.05));
        Assert.Equal(one.RolledBack, two.RolledBack);
        Assert.Equal(one.UnitsPerArmAtRollBack, two.UnitsPerArmAtRollBack);
    }

    [Fact]
    public void It_can_be_cancelled_and_refuses_what_cannot_be_played()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => RolloutSimulation.Run(new() { Plan = TestPlans.Half }, null, cancelled.Token));
        var refusal = Assert.Throws<ArgumentException>(() => RolloutSimulation.Run(new() { Plan = TestPlans.Half with { Alpha = 2 }, Runs = 0 }, null, default));
        Assert.Contains("alpha", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Runs", refusal.Message, StringComparison.Ordinal);
    }

    private SimulationReport Play(RolloutPlan plan, Population population, double failures, double seconds = 0.3, double? failuresAbove = null)
    {
        var report = RolloutSimulation.Run(
            new()
            {
                Plan = plan,
                Population = population,
                Runs = Release.Size(60, 600),
                Seed = Seeds.Seed,
                Fast = new() { Failure = failures, FirstChunkMedian = seconds },
                FastAboveHalf = new() { Failure = failuresAbove ?? failures, FirstChunkMedian = seconds },
                MaximumTime = TimeSpan.FromHours(2),
            },
            null,
            CancellationToken.None);
        output.WriteLine(
            $"VIVACE_SEED={report.Seed}, {report.Runs} rollouts: {string.Join(", ", report.RolledBack)}, units an arm {report.UnitsPerArmAtRollBack}, "
            + $"seconds {report.SecondsToRollBack}, {report.Completed} completed, {report.Unfinished} unfinished");
        return report;
    }
}
