using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Vivace.Crash.Host;
using Xunit.Abstractions;

namespace Vivace.Crash.Tests;

/// <summary>The process is killed at every point at which something becomes durable, and nothing is lost or done twice.</summary>
public sealed class CrashPointTests(ITestOutputHelper output)
{
    /// <summary>Most of a run is waiting.</summary>
    private const int AtOnce = 4;

    /// <summary>Calls that read.</summary>
    private static readonly string[] Reads = ["Find", "List", "Messages", "RecentMessages", "Due", "ForTurn", "LatestResult", "Dead", "Count", "Load", "HasRun", "History", "Changed", "Instances", "Unjudged", "Heartbeats", "Probe", "Read"];

    /// <summary>Calls that cannot happen, and why.</summary>
    private static readonly string[] Elsewhere =
    [
        // Only processors abandon, and they take turns and evaluations. The receivers of the others close, which frees the session.
        "Abandon:chunks",
        "Abandon:control",

        // Dead letters are drained without a processor; one that cannot be handled comes again when its lock has ended.
        "Abandon:turns/$deadletterqueue",
        "Abandon:evaluations/$deadletterqueue",

        // What is given up of these has nothing to be drained into: text and wishes to cancel stand in the turn's row.
        "Complete:chunks/$deadletterqueue",
        "Complete:control/$deadletterqueue",
        "Abandon:chunks/$deadletterqueue",
        "Abandon:control/$deadletterqueue",
    ];

    /// <summary>Runs for each point; a full run makes twenty.</summary>
    private static readonly int Passages = Environment.GetEnvironmentVariable("VIVACE_PASSAGES") is { Length: > 0 } passages
        ? int.Parse(passages, CultureInfo.InvariantCulture)
        : Release.Size(1, 20);

    /// <summary>Runs only at points whose process and name contain this; for looking into one. Unset: all.</summary>
    private static readonly string Only = Environment.GetEnvironmentVariable("VIVACE_POINTS") ?? "";

    [Fact]
    public async Task Whatever_is_written_sent_or_settled_passes_a_crash_point()
    {
        var points = (await CrashPassages.FoundAsync()).Keys.Select(site => site.Point).ToHashSet();
        var declared = CrashPoints.Seams
            .SelectMany(seam => seam.GetMethods().Where(IsWrite).Select(m => $"{seam.Name}.{m.Name}"))
            .Concat(BusOperations.Declared())
            .Except(Elsewhere);
        Assert.Equal([], declared.SelectMany(point => new[] { point + "/before", point + "/after" }).Except(points));
        Assert.Empty(points.Intersect(Elsewhere.SelectMany(point => new[] { point + "/before", point + "/after" })));
    }

    [Fact]
    public async Task Killed_at_any_point_nothing_accepted_is_lost_and_nothing_is_done_twice()
    {
        var sites = (await CrashPassages.FoundAsync()).Where(site => IsToKill(site.Key)).OrderBy(site => site.Key.ToString(), StringComparer.Ordinal).ToArray();
        var runs = sites.SelectMany(site => CrashRun.Of(site.Key, site.Value, Passages)).ToArray();
        var started = Stopwatch.GetTimestamp();
        var (killed, faults) = await KillAsync(runs);
        output.WriteLine(
            $"{sites.Length} points, {runs.Length} runs, {killed.Count} killed, {faults.Count} faults, {Stopwatch.GetElapsedTime(started).TotalSeconds / runs.Length:F2} s a run");
        var seldom = sites.Select(site => (Site: site.Key, Kills: killed.Count(k => k == site.Key))).Where(s => s.Kills < Passages);
        foreach (var line in seldom.Select(s => $"{s.Site}: killed {s.Kills} times").Concat(faults))
        {
            output.WriteLine(line);
        }

        Assert.Empty(faults);
        Assert.NotEmpty(sites);
        Assert.Empty(sites.Select(s => s.Key).Except(killed));
    }

    private static async Task<(IReadOnlyCollection<CrashSite> Killed, IReadOnlyCollection<string> Faults)> KillAsync(IEnumerable<CrashRun> runs)
    {
        var killed = new ConcurrentBag<CrashSite>();
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (run, _) =>
        {
            var (crashed, found) = await run.RunAsync();
            if (crashed)
            {
                killed.Add(run.Site);
            }

            foreach (var fault in found)
            {
                faults.Add($"{run}: {fault}");
            }
        });
        return (killed, faults);
    }

    private static bool IsToKill(CrashSite site)
        => site.IsToKill && site.ToString().Contains(Only, StringComparison.Ordinal) && !Reads.Any(r => site.Point.Contains($".{r}Async", StringComparison.Ordinal));

    private static bool IsWrite(MethodInfo method) => !method.IsSpecialName && !Reads.Any(r => method.Name == r + "Async");
}
