using Vivace.Cli.Tests.Drivers;
using Vivace.Cli.Tests.Drivers.Rollouts;
using Vivace.Rollouts.Plans;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Xunit.Abstractions;

namespace Vivace.Cli.Tests.Drill;

/// <summary>The drill of a real deployment: three processes, flags on a configuration server, and everything else as it is by default.</summary>
[Collection(Timing.Name)]
public sealed class ProcessDrillTests(ITestOutputHelper output)
{
    /// <summary>What is promised with a refresh of a second.</summary>
    private const double WithinMs = 15_000;

    [Theory]
    [InlineData("error", RollbackKind.Soft, "failure", "runtime-flag-off")]
    [InlineData("error", RollbackKind.Hard, "failure", "contract-flag-off")]
    [InlineData("latency", RollbackKind.Hard, "latency", "contract-flag-off")]
    public async Task A_rollback_reaches_every_process_in_time_and_leaves_turns_in_flight_alone(string fault, RollbackKind kind, string gate, string off)
    {
        await using var deployment = await DrillDeployment.StartAsync();
        await deployment.RollAsync(Plans.Short with { Id = "drill-1", Steps = [new(50, TimeSpan.FromDays(1), 10)], Rollback = kind });
        var user = await deployment.FastUserAsync();
        var inFlight = await deployment.BeginLongTurnsAsync(user);

        var drill = await CommandLine.For(deployment.Processes[0]).RunAsync(
            ["drill", "--fault", fault, "--endpoints", string.Join(',', deployment.Processes.Select(p => p.Address)), "--key", DrillDeployment.Key, "--json"]);
        output.WriteLine(drill.Out + drill.Error);
        Assert.True(drill.Code == 0, drill.Out + drill.Error);
        var report = drill.Json;
        Assert.Equal((fault, gate, 3), (report.At("fault"), report.At("gate"), report.GetProperty("endpoints").GetArrayLength()));
        Assert.All((string[])["detectMs", "writeMs", "propagateMs", "unitsUntilDecisive"], part => Assert.NotNull(report.At(part)));
        Assert.InRange(report.GetProperty("lastFastMs").GetDouble(), 0, WithinMs);
        Assert.All(inFlight, turn => Assert.False(turn.IsCompleted));
        deployment.FinishLongTurns();
        Assert.All(await Task.WhenAll(inFlight), turn => Assert.Equal((200, "fast"), (turn.Status, turn["processing.effective.mode"])));

        foreach (var process in deployment.Processes)
        {
            Assert.Equal(off, (await ServedDefaultAsync(process))["processing.reason"]);
        }

        // It starts without its flags where they do not come at once, and then has nothing on.
        await using var late = await deployment.JoinAsync();
        await Eventually.GetAsync(() => ServedDefaultAsync(late), served => served["processing.reason"] == off);

        async Task<Answer> ServedDefaultAsync(VivaceHost process)
        {
            var served = await deployment.SayAsync(process, user, "Hi");
            Assert.Equal((200, "default"), (served.Status, served["processing.effective.mode"]));
            return served;
        }
    }
}
