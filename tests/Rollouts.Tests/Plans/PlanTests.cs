using System.Text;
using System.Text.Json;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Tests.Plans;

public class PlanTests
{
    [Fact]
    public void The_default_plan_has_no_faults() => Assert.Empty(RolloutPlanValidator.Faults(RolloutPlan.Default));

    [Fact]
    public void A_plan_that_is_written_and_read_is_the_same()
    {
        var json = JsonSerializer.Serialize(RolloutPlan.Default, RolloutPlanJson.Default.RolloutPlan);
        var plan = RolloutPlanJson.Read(Encoding.UTF8.GetBytes(json), out var faults);
        Assert.Empty(faults);
        Assert.Equal(json, JsonSerializer.Serialize(plan!, RolloutPlanJson.Default.RolloutPlan));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var plan = Read("""{"id":"one","steps":[{"percent":50,"minimumTime":"00:10:00","minimumUnits":9}],"guards":[{"kind":"low-quality"}]}""", out _);
        Assert.NotNull(plan);
        Assert.Equal((0.05, 1.5, 0.5), (plan.Alpha, plan.FirstChunkSlo, plan.FasterThan));
        Assert.Equal(new RolloutStep(50, TimeSpan.FromMinutes(10), 9), Assert.Single(plan.Steps));
        Assert.Equal(new GuardPlan { Kind = GuardKind.LowQuality }, Assert.Single(plan.Guards));
        Assert.Equal((1.0, 60, TimeSpan.FromSeconds(150)), (plan.Guards[0].MaximumRatio, plan.Quality.LowestGoodScore, plan.Settling));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"id":"one","steps":[],"guards":[],"alhpa":0.1}""")]
    [InlineData("""{"id":"one","steps":null,"guards":[]}""")]
    [InlineData("""{"id":"one","guards":[]}""")]
    [InlineData("""{"id":"one","steps":[],"guards":[{"kind":3}]}""")]
    public void What_is_not_a_plan_is_one_fault(string json)
    {
        Assert.Null(Read(json, out var faults));
        Assert.Contains("Vivace:Rollouts:fast-mode", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_together()
    {
        var plan = new RolloutPlan
        {
            Id = "Not An Id",
            Steps = [new(75, TimeSpan.FromHours(-1), 0), new(60, TimeSpan.Zero, 1), null!],
            Guards = [new() { Kind = GuardKind.Failure, Delta = 1 }, new() { Kind = GuardKind.Failure, MaximumRatio = 0.5 }, null!],
            Alpha = 0.5,
            FirstChunkSlo = 0,
            SlowShare = 1,
            FasterThan = double.NaN,
            Settling = TimeSpan.FromSeconds(-1),
            SampleRatioAlpha = 0,
            CoolDown = TimeSpan.FromSeconds(-1),
            Rollback = (RollbackKind)7,
            Quality = new() { Judge = new("", 0), LowestGoodScore = 0, MaximumAge = TimeSpan.Zero },
            Cohort = new([], []) { MaximumFailureShare = 1 },
            PriorityTier = new(1, TimeSpan.Zero),
        };
        string[] expected = [
            "id must", "steps[0].minimumTime", "steps[0].minimumUnits", "steps[2] is null", "rising percent", "steps above 50",
            "guards[0].delta", "guards[1].maximumRatio", "guards[2] is null", "at most once", "alpha must", "firstChunkSlo", "slowShare",
            "fasterThan", "settling", "sampleRatioAlpha", "coolDown", "rollback must", "lowestGoodScore", "maximumAge", "quality.judge",
            "names nobody", "maximumFailureShare", "need each other", "priorityTier.maximumGrowth", "priorityTier: 75 %"];
        var faults = RolloutPlanValidator.Faults(plan);
        Assert.Equal(expected.Length, faults.Count);
        Assert.All(expected.Zip(faults), f => Assert.Contains(f.First, f.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, 30, 15, true)]
    [InlineData(20, 31, 15, false)]
    [InlineData(20, 30, 14, false)]
    public void A_priority_tier_is_ramped_no_faster_than_its_provider_allows(int from, int to, int minutes, bool allowed)
    {
        var plan = RolloutPlan.Default with
        {
            Steps = [new(from, TimeSpan.FromMinutes(minutes), 10), new(to, TimeSpan.FromMinutes(1), 10)],
            PriorityTier = new(1.5, TimeSpan.FromMinutes(15)),
        };
        Assert.Equal(allowed ? 0 : 1, RolloutPlanValidator.Faults(plan).Count);
    }

    [Fact]
    public void Guards_share_alpha_and_fixed_rates_one_more_part_of_it()
    {
        var whole = AlphaShares.Of(RolloutPlan.Default);
        var half = AlphaShares.Of(RolloutPlan.Default with { Steps = [.. RolloutPlan.Default.Steps.Take(3)] });
        Assert.Equal((5, 0.01, 0.01 / 6), (whole.Tests, whole.Guard, whole.Fixed));
        Assert.Equal((4, 1 / 80.0, 0.0), (half.Tests, half.Guard, half.Fixed));
        Assert.Equal((true, false), (whole.GoesAboveHalf, half.GoesAboveHalf));
    }

    private static RolloutPlan? Read(string json, out IReadOnlyList<string> faults) => RolloutPlanJson.Read(Encoding.UTF8.GetBytes(json), out faults);
}
