namespace Vivace.Crash.Tests;

/// <summary>The crash points that runs without a crash pass, and how often.</summary>
internal static class CrashPassages
{
    private static readonly Lazy<Task<IReadOnlyDictionary<CrashSite, int>>> All = new(FindAsync);

    /// <summary>Found once, by a run of each scenario.</summary>
    public static Task<IReadOnlyDictionary<CrashSite, int>> FoundAsync() => All.Value;

    private static async Task<IReadOnlyDictionary<CrashSite, int>> FindAsync()
    {
        using var logs = new TemporaryFolder();
        var outcomes = await Task.WhenAll(CrashScenario.RunAsync(null, logs.Path), TwoProcessScenario.RunAsync(null, logs.Path), RolloutScenario.RunAsync(null, logs.Path));
        Assert.Empty(outcomes.SelectMany(o => o.Faults));
        return new[] { CrashSite.Alone, CrashSite.First, CrashSite.Second, CrashSite.Rollout }
            .SelectMany(process => File.ReadAllLines(Path.Combine(logs.Path, process)).CountBy(point => new CrashSite(process, point)))
            .ToDictionary();
    }
}
