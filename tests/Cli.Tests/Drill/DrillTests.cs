using Vivace.Cli.Tests.Drivers;
using Vivace.Cli.Tests.Drivers.Rollouts;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Drill;

/// <summary><c>vivace drill</c> on deployments whose rollout is judged as a server judges it.</summary>
public sealed class DrillTests
{
    private static readonly string[] Quick = ["--rate", "200", "--settle", "1s"];

    [Fact]
    public async Task A_rollback_in_time_at_every_endpoint_is_ok_and_its_parts_are_told_apart()
    {
        var deployment = Running(RollbackKind.Soft, new RolloutDeployment { WriteDelay = TimeSpan.FromSeconds(2) });
        await using var near = await RolloutEndpoint.StartAsync(deployment);
        await using var far = await RolloutEndpoint.StartAsync(deployment, TimeSpan.FromSeconds(3));
        var drill = await CommandLine.For(near.Address).RunAsync(["drill", "--endpoints", $"{near.Address},{far.Address}", "--json", .. Quick]);
        Assert.True(drill.Code == 0, drill.Out + drill.Error);
        var report = drill.Json;
        Assert.Equal(("true", "error", "soft", "failure", "9"), (report.At("ok"), report.At("fault"), report.At("rollback"), report.At("gate"), report.At("decisive")));
        Assert.InRange(Number(report.At("unitsUntilDecisive")), 1, 500);
        Assert.InRange(Number(report.At("writeMs")), 200, 15_000);
        Assert.InRange(Number(report.At("propagateMs")), 400, 15_000);
        Assert.InRange(Number(report.At("lastFastMs")), 1000, 15_000);
        Assert.True(Number(report.At("endpoints.1.offMs")) > Number(report.At("endpoints.0.offMs")), drill.Out);
        Assert.Equal((0, 0), (near.Turns.Conversations, far.Turns.Conversations));
        Assert.Equal(RolloutState.RolledBack, deployment.Status!.State);
    }

    [Theory]
    [InlineData("error", RollbackKind.Hard, "failure")]
    [InlineData("latency", RollbackKind.Soft, "latency")]
    public async Task Either_fault_and_either_rollback_is_drilled(string fault, RollbackKind kind, string gate)
    {
        await using var endpoint = await RolloutEndpoint.StartAsync(Running(kind));
        var text = await CommandLine.For(endpoint.Address).RunAsync(["drill", "--fault", fault, $"--{kind}".ToLowerInvariant(), .. Quick]);
        Assert.True(text.Code == 0, text.Out + text.Error);
        Assert.Matches($@"\nOK: {fault}, {kind} rollback by gate {gate}, \d+ units, \d+ fast, \d+ bad, 0 not measured\n$".Replace(kind.ToString(), kind.ToString().ToLowerInvariant(), StringComparison.Ordinal), text.Out);
        Assert.Matches(@"^MEASURED +FROM\nunits until the \d\. bad one +\d+ +the drill's beginning\ndetect +[\d.]+ s .*\nwrite +[\d.]+ s .*\npropagate +[\d.]+ s .*\nlast fast admission +[\d.]+ s +the deciding unit's end; limit 15.00 s\n", text.Out);
        Assert.Contains($"rolled back by gate {gate}\n", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_endpoint_that_is_too_late_fails_the_drill()
    {
        var deployment = Running(RollbackKind.Soft);
        await using var near = await RolloutEndpoint.StartAsync(deployment);
        await using var far = await RolloutEndpoint.StartAsync(deployment, TimeSpan.FromHours(1));
        var drill = await CommandLine.For(near.Address).RunAsync(["drill", "--endpoints", $"{near.Address},{far.Address}", "--within", "5s", "--json", .. Quick]);
        Assert.Equal((1, "false"), (drill.Code, drill.Json.At("ok")));
        Assert.Contains($"{far.Address} never showed the rollback for good.", drill.Out, StringComparison.Ordinal);
        Assert.DoesNotContain($"{near.Address} never", drill.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_that_is_decided_and_never_written_fails_the_drill()
    {
        var deployment = Running(RollbackKind.Soft);
        deployment.LosesWrites = true;
        await using var endpoint = await RolloutEndpoint.StartAsync(deployment);
        var drill = await CommandLine.For(endpoint.Address).RunAsync(["drill", "--within", "1s", "--json", .. Quick]);
        Assert.Equal((1, "false", null), (drill.Code, drill.Json.At("ok"), drill.Json.At("writeMs")));
        Assert.Contains("The flags were not seen as a soft rollback leaves them.", drill.Out, StringComparison.Ordinal);
        Assert.True(Number(drill.Json.At("lastFastMs")) > 1000, drill.Out);
    }

    [Fact]
    public async Task A_deployment_that_does_not_inject_the_fault_is_told_after_few_units()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync(Running(RollbackKind.Soft));
        endpoint.Turns.IgnoresDrills = true;
        var drill = await CommandLine.For(endpoint.Address).RunAsync(["drill", .. Quick, "--json"]);
        Assert.Equal((1, "0"), (drill.Code, drill.Json.At("bad")));
        Assert.InRange(Number(drill.Json.At("units")), 20, 1999);
        Assert.Contains("Does the deployment honour X-Vivace-Drill for this caller?", drill.Out, StringComparison.Ordinal);
        Assert.Equal(RolloutState.Running, endpoint.Deployment.Status!.State);
    }

    [Fact]
    public async Task With_a_key_every_unit_is_a_user_of_its_own()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync(Running(RollbackKind.Soft));
        var drill = await CommandLine.For(endpoint.Address).RunAsync(["drill", "--key", "operator", "--json", .. Quick]);
        Assert.True(drill.Code == 0, drill.Out + drill.Error);
        var users = endpoint.Turns.Users.ToArray();
        Assert.Equal(Number(drill.Json.At("units")), users.Distinct().Count());
        Assert.Equal(users.Length, users.Distinct().Count());
        Assert.All(users, u => Assert.Matches(@"^drill-[0-9a-f]{8}-\d+$", u));
    }

    [Fact]
    public async Task There_is_nothing_to_drill_without_a_rollout_or_where_its_plan_rolls_back_otherwise()
    {
        await using var idle = await RolloutEndpoint.StartAsync();
        var nothing = await CommandLine.For(idle.Address).RunAsync("drill");
        Assert.Equal((1, "There is nothing to drill: No rollout has been started.\n"), (nothing.Code, nothing.Error));
        await using var soft = await RolloutEndpoint.StartAsync(Running(RollbackKind.Soft));
        var other = await CommandLine.For(soft.Address).RunAsync("drill", "--hard", "--json");
        Assert.Equal((1, "nothing-to-drill", "The plan of short-1 rolls back soft, not hard."), (other.Code, other.Failure.At("kind"), other.Failure.At("message")));
        Assert.DoesNotContain(soft.Requests, r => r.Call.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_and_deletes_its_conversations()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync(Running(RollbackKind.Soft));
        using var interrupt = new CancellationTokenSource();
        endpoint.Turns.Asked = message =>
        {
            if (message >= 5)
            {
                interrupt.Cancel();
            }
        };
        var drill = await CommandLine.For(endpoint.Address).RunAsync(interrupt.Token, ["drill", .. Quick]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((130, ""), (drill.Code, drill.Out));
        Assert.EndsWith("Interrupted.\n", drill.Error, StringComparison.Ordinal);
        Assert.Contains(endpoint.Requests, r => r.Call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_may_not_drill_is_told_so()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync(Running(RollbackKind.Soft));
        var refused = await CommandLine.For(endpoint.Address).RunAsync("drill", "--key", "no-operator", "--json");
        Assert.Equal((1, "forbidden"), (refused.Code, refused.Failure.At("kind")));
    }

    private static RolloutDeployment Running(RollbackKind kind, RolloutDeployment? deployment = null)
    {
        deployment ??= new RolloutDeployment();
        var plan = Plans.Short with { Rollback = kind };
        var refusal = deployment.Operate((status, flag, _) => RolloutOperations.Start(plan, status, _ => false, flag, "tester", TimeProvider.System.GetUtcNow()), plan);
        deployment.SpreadFlags();
        return refusal is null ? deployment : throw new InvalidOperationException(refusal);
    }

    private static double Number(string? text) => double.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);
}
