using Vivace.Cli.Tests.Drivers;
using Vivace.Cli.Tests.Drivers.Rollouts;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Rollout;

/// <summary><c>vivace rollout status</c></summary>
public sealed class StatusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_a_rollout_it_says_so()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        var cli = CommandLine.For(endpoint.Address);
        var text = await cli.RunAsync("rollout", "status");
        Assert.Equal(0, text.Code);
        Assert.StartsWith("No rollout has been started.\nFlag: contract on, runtime off", text.Out, StringComparison.Ordinal);
        Assert.Contains("no probe recorded · audit log 0 000000000000", text.Out, StringComparison.Ordinal);
        var watched = await cli.RunAsync("rollout", "status", "--watch");
        Assert.Equal(0, watched.Code);
        Assert.EndsWith("No rollout has been started.\n", watched.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_gate_is_shown_with_its_counts_its_evidence_and_its_threshold()
    {
        await using var endpoint = await Started();
        for (var unit = 0; unit < 6; unit++)
        {
            var fast = endpoint.Deployment.ArmOf($"u{unit}") == Contracts.Processing.RolloutArm.Fast;
            endpoint.Deployment.Count($"u{unit}", fast ? 0.1 : 1, failed: fast && unit < 3);
        }

        var text = await CommandLine.For(endpoint.Address).RunAsync("rollout", "status");
        Assert.Equal(0, text.Code);
        Assert.StartsWith("short-1: running, step 1 of 2, 20 %\nNext step (50 %) in ", text.Out, StringComparison.Ordinal);
        // E(2,2) is 7/3 between equal arms; four tests and one more share an alpha of 0.05.
        Assert.Matches(@"\nfailure +pass +2 +2 +2\.333 +80 +-\n", text.Out);
        Assert.Matches(@"\nlow-quality +inconclusive +0 +0 .* (not-judged|no-data)\n", text.Out);
        Assert.Matches(@"\nof-the-future +pass +- ", text.Out);
        Assert.Matches(@"\ncompared units +3 +3\n", text.Out);
        Assert.Contains("Flag: contract on, runtime on, fast 20 % by short-1\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("2 instances · no probe recorded · audit log 1 ", text.Out, StringComparison.Ordinal);
        var json = (await CommandLine.For(endpoint.Address).RunAsync("rollout", "status", "--json")).Json;
        Assert.Equal(("running", "short-1", "1"), (json.At("status.state"), json.At("plan.id"), json.At("ofTheFuture.members")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_watch_ends_with_the_rollout_and_tells_how(bool completes)
    {
        await using var endpoint = await Started();
        var cli = CommandLine.For(endpoint.Address);
        var watch = cli.RunAsync("rollout", "status", "--watch", "--interval", "0.1");
        await LookedAsync(endpoint, 2);
        Assert.False(watch.IsCompleted);
        if (completes)
        {
            Assert.Equal(0, (await cli.RunAsync("rollout", "promote")).Code);
            Assert.Equal(0, (await cli.RunAsync("rollout", "promote")).Code);
        }
        else
        {
            Assert.Equal(0, (await cli.RunAsync("rollout", "abort")).Code);
        }

        var result = await watch.WaitAsync(Patience);
        var lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(completes ? 0 : 1, result.Code);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d short-1: running, step 1 of 2, 20 %, inconclusive: ", lines[0]);
        Assert.Contains(completes ? "short-1: completed, step 2 of 2, 50 %" : "short-1: aborted (aborted-by-a-person)", lines[^1], StringComparison.Ordinal);
        Assert.Equal(lines.Distinct().Count(), lines.Length);
    }

    [Fact]
    public async Task A_watch_of_a_rollback_ends_with_1_and_one_object_a_line()
    {
        await using var endpoint = await Started();
        var watch = CommandLine.For(endpoint.Address).RunAsync("rollout", "status", "--watch", "--interval", "0.1", "--json");
        await LookedAsync(endpoint, 2);
        for (var unit = 0; unit < 20; unit++)
        {
            endpoint.Deployment.Count($"u{unit}", 0.1, failed: endpoint.Deployment.ArmOf($"u{unit}") == Contracts.Processing.RolloutArm.Fast);
        }

        var result = await watch.WaitAsync(Patience);
        Assert.Equal(1, result.Code);
        Assert.Equal("running", result.Lines[0].At("status.state"));
        Assert.Equal(("rolled-back", "failure"), (result.Lines[^1].At("status.state"), result.Lines[^1].At("status.reason")));
    }

    [Fact]
    public async Task On_a_terminal_the_page_is_redrawn_and_Ctrl_C_ends_it()
    {
        await using var endpoint = await Started();
        using var interrupt = new CancellationTokenSource();
        var watch = (CommandLine.For(endpoint.Address) with { OnTerminal = true }).RunAsync(interrupt.Token, "rollout", "status", "--watch", "--interval", "0.1");
        await LookedAsync(endpoint, 2);
        endpoint.Deployment.Count("u0", 0.1, failed: false);
        await LookedAsync(endpoint, 3);
        await interrupt.CancelAsync();
        var result = await watch.WaitAsync(Patience);
        Assert.Equal(130, result.Code);
        var pages = result.Out.Split("\u001b[H\u001b[J", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(pages.Length >= 2, result.Out);
        Assert.All(pages, page => Assert.Contains("\nGATE ", page, StringComparison.Ordinal));
        Assert.Equal("Interrupted.\n", result.Error);
    }

    [Fact]
    public async Task A_watch_outlives_a_server_that_fails_for_a_moment()
    {
        await using var endpoint = await Started();
        var fails = false;
        var failed = 0;
        await using var proxy = await TamperingProxy.StartAsync(endpoint.Address, e => Volatile.Read(ref fails) && Interlocked.Increment(ref failed) > 0 ? e with { Status = 503, Answer = "" } : e);
        var watch = CommandLine.For(proxy.Address).RunAsync("rollout", "status", "--watch", "--interval", "0.1");
        await LookedAsync(endpoint, 2);
        Volatile.Write(ref fails, true);
        await Eventually.TrueAsync(() => Volatile.Read(ref failed) >= 2, Patience);
        Volatile.Write(ref fails, false);
        await CommandLine.For(endpoint.Address).RunAsync("rollout", "abort");
        var result = await watch.WaitAsync(Patience);
        Assert.Equal(1, result.Code);
        Assert.Contains("Looking again.", result.Error, StringComparison.Ordinal);
        Assert.Contains("short-1: aborted", result.Out, StringComparison.Ordinal);
    }

    private static async Task<RolloutEndpoint> Started()
    {
        var endpoint = await RolloutEndpoint.StartAsync();
        using var folder = new TemporaryFolder();
        var start = await CommandLine.For(endpoint.Address).RunAsync("rollout", "start", "--plan", Plans.Write(folder, Plans.Short), "--force", "--reason", "test");
        Assert.True(start.Code == 0, start.Error);
        return endpoint;
    }

    /// <summary>Waits until so many further looks have arrived; all but the last are then heard by the one who looks.</summary>
    private static Task LookedAsync(RolloutEndpoint endpoint, int times)
    {
        int Looks() => endpoint.Requests.Count(r => r.Call == "GET /api/rollouts/fast-mode");
        var wanted = Looks() + times;
        return Eventually.TrueAsync(() => Looks() >= wanted, Patience);
    }
}
