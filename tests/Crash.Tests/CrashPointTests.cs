using System.Collections.Concurrent;
using System.Reflection;
using Vivace.Api.Bus;
using Vivace.Crash.Host;
using Vivace.ServiceBus;
using Xunit.Abstractions;

namespace Vivace.Crash.Tests;

/// <summary>The process is killed at every point at which something becomes durable, and nothing is lost or done twice.</summary>
public sealed class CrashPointTests(ITestOutputHelper output)
{
    /// <summary>Calls that read.</summary>
    private static readonly string[] Reads = ["Find", "List", "Messages", "RecentMessages", "Due", "ForTurn", "LatestResult", "Dead", "Count", "Load"];

    /// <summary>Writes that the scenario does not come to, and why.</summary>
    private static readonly string[] Elsewhere =
    [
        "ITurnStore.ForgetKeysAsync", // removes keys of yesterday; deletes nothing that is used
        "IConversationStore.UpdateAsync", // one statement of one row
        "IEvaluationStore.RequeueAsync", // by hand
        "Send:control", // news for another process of what RequestCancelAsync has written
        "Complete:control",
        "Abandon:turns", // after a handler's failure; the message stays where it is
        "Abandon:evaluations",
        "Abandon:chunks",
        "Abandon:control",
    ];

    /// <summary>What the program does with messages; the operations of the client that it does not use are left out.</summary>
    private static readonly ServiceBusOperation[] Used = [ServiceBusOperation.Send, ServiceBusOperation.Complete, ServiceBusOperation.Abandon];

    [Fact]
    public async Task Whatever_is_written_sent_or_settled_passes_a_crash_point()
    {
        var points = await PassedAsync();
        var declared = CrashPoints.Seams
            .SelectMany(seam => seam.GetMethods().Where(IsWrite).Select(m => $"{seam.Name}.{m.Name}"))
            .Concat(Used.SelectMany(operation => QueueNames().Select(queue => $"{operation}:{queue}")))
            .Except(Elsewhere);
        foreach (var point in declared)
        {
            Assert.True(points.Contains(point + "/before") && points.Contains(point + "/after"), $"{point} is passed by no run: {string.Join(' ', points)}");
        }
    }

    [Fact]
    public async Task Killed_at_any_point_nothing_accepted_is_lost_and_nothing_is_done_twice()
    {
        var points = (await PassedAsync()).Where(p => !Reads.Any(r => p.Contains($".{r}Async", StringComparison.Ordinal))).Order(StringComparer.Ordinal).ToArray();
        var passages = Release.Size(1, 20);
        var runs = points.SelectMany(point => Enumerable.Range(1, passages).Select(n => $"{point}#{n}")).ToArray();
        var faults = new ConcurrentBag<string>();
        var crashes = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (run, _) =>
        {
            var (crashed, found) = await CrashScenario.RunAsync(run);
            if (crashed)
            {
                crashes.Add(run);
            }

            foreach (var fault in found)
            {
                faults.Add($"{run}: {fault}");
            }
        });
        output.WriteLine($"{points.Length} points, {runs.Length} runs, {crashes.Count} killed");
        foreach (var fault in faults)
        {
            output.WriteLine(fault);
        }

        Assert.Empty(faults);
        var reached = crashes.Select(c => c.Split('#')[0]).ToHashSet();
        Assert.Empty(points.Except(reached));
    }

    /// <summary>The points that a run without a crash passes.</summary>
    private static async Task<HashSet<string>> PassedAsync()
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "points");
        var (_, faults) = await CrashScenario.RunAsync(crashAt: null, log);
        Assert.Empty(faults);
        return [.. await File.ReadAllLinesAsync(log)];
    }

    /// <summary>Every queue that the code names.</summary>
    private static IEnumerable<string> QueueNames()
        => typeof(Queues).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    private static bool IsWrite(MethodInfo method) => !method.IsSpecialName && !Reads.Any(r => method.Name == r + "Async");
}
