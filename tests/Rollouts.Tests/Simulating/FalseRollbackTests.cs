using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Simulating;
using Xunit.Abstractions;

namespace Vivace.Rollouts.Tests.Simulating;

/// <summary>
/// Whole plans, from the first percent to 100, where fast is faster and nothing is worse. α is 5 % over all guards together; the
/// limit allows a short form for its own sampling error.
/// </summary>
public class FalseRollbackTests(ITestOutputHelper output)
{
    private static readonly int Runs = Release.Size(150, 10_000);

    [Fact]
    public void Independent_requests_are_rolled_back_wrongly_in_at_most_one_of_twenty_rollouts()
        => Check(TestPlans.Large, Population.Independent, 4);

    [Fact]
    public void Fifty_uneven_owners_are_rolled_back_wrongly_in_at_most_one_of_twenty_rollouts()
        => Check(TestPlans.Small, new Population(50), 5);

    [Fact]
    public void Five_hundred_uneven_owners_are_rolled_back_wrongly_in_at_most_one_of_twenty_rollouts()
        => Check(TestPlans.Medium, new Population(500), 10);

    [Fact]
    public void Five_thousand_uneven_owners_are_rolled_back_wrongly_in_at_most_one_of_twenty_rollouts()
        => Check(TestPlans.Large, new Population(5000), 20);

    private void Check(RolloutPlan plan, Population population, double turnsPerSecond)
    {
        var options = new SimulationOptions
        {
            Plan = plan,
            Population = population,
            TurnsPerSecond = turnsPerSecond,
            Runs = Runs,
            Seed = Seeds.Seed,
            Fast = new() { FirstChunkMedian = 0.3, FirstChunkSigma = 0.4 },
            Control = new() { FirstChunkMedian = 2.5, FirstChunkSigma = 0.4 },
            MaximumTime = TimeSpan.FromHours(12),
        };
        var report = RolloutSimulation.Run(options, null, CancellationToken.None);
        output.WriteLine(
            $"VIVACE_SEED={report.Seed}, {report.Runs} rollouts: {report.AllRolledBack} rolled back ({string.Join(", ", report.RolledBack)}), "
            + $"{report.Completed} completed (seconds {report.SecondsToComplete}), {report.Unfinished} unfinished");

        // Three standard deviations above 5 % where few are played, none where all are.
        var limit = Release.IsFull ? 0.05 : 0.05 + (3 * Math.Sqrt(0.05 * 0.95 / report.Runs));
        Assert.True(report.RollBackShare <= limit, $"{report.RollBackShare:P1} rolled back");
        Assert.True(report.Completed >= 0.9 * report.Runs, $"only {report.Completed} of {report.Runs} completed");
    }
}
