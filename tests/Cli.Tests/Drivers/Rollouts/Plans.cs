using System.Text.Json;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Tests.Drivers.Rollouts;

/// <summary>Plans for tests.</summary>
internal static class Plans
{
    /// <summary>Two steps of a minute, with the default guards.</summary>
    public static RolloutPlan Short { get; } = RolloutPlan.Default with
    {
        Id = "short-1",
        Steps = [new(20, TimeSpan.FromMinutes(1), 5), new(50, TimeSpan.FromMinutes(1), 10)],
    };

    /// <summary>Steps of ten minutes to 100 %, so that many rollouts can be played.</summary>
    public static RolloutPlan Playable { get; } = RolloutPlan.Default with
    {
        Id = "playable-1",
        Steps = [.. new[] { (5, 20), (20, 40), (50, 100), (75, 100), (100, 100) }.Select(s => new RolloutStep(s.Item1, TimeSpan.FromMinutes(10), s.Item2))],
    };

    public static string Write(TemporaryFolder folder, RolloutPlan plan) => Write(folder, JsonSerializer.Serialize(plan, RolloutPlanJson.Default.RolloutPlan));

    public static string Write(TemporaryFolder folder, string text)
    {
        folder.Write("plan.json", text);
        return Path.Combine(folder.Path, "plan.json");
    }
}
