using System.Globalization;

namespace Vivace.Crash.Tests;

/// <summary>A run that is killed at one passage of a crash point, counted from 1 and from the start of its process.</summary>
internal sealed record CrashRun(CrashSite Site, int Passage)
{
    /// <summary>The part of the passages of a run without a crash that every other run comes to as well; how many chunks a reply has varies.</summary>
    private const double Sure = 0.8;

    /// <summary>
    /// As many runs as asked for: where a point is passed more often, spread over its passages from the first on, and each passage
    /// more than once where it is passed less often.
    /// </summary>
    /// <param name="passed">How often a run without a crash passes the point.</param>
    public static IEnumerable<CrashRun> Of(CrashSite site, int passed, int runs)
    {
        var sure = Math.Max(1, (int)(passed * Sure));
        return Enumerable.Range(0, runs).Select(n => new CrashRun(site, 1 + (sure > runs ? n * sure / runs : n % sure)));
    }

    /// <summary>What arms a process of this name; null: it is another one that is killed.</summary>
    public string? Arms(string process) => Site.Process == process ? string.Create(CultureInfo.InvariantCulture, $"{Site.Point}#{Passage}") : null;

    public Task<CrashOutcome> RunAsync() => Site.Process switch
    {
        CrashSite.Alone => CrashScenario.RunAsync(this),
        CrashSite.Rollout => RolloutScenario.RunAsync(this),
        _ => TwoProcessScenario.RunAsync(this),
    };

    public override string ToString() => $"{Site}#{Passage}";
}
