using Vivace.Cli.Tests.Drivers;
using Vivace.Cli.Tests.Drivers.Rollouts;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Rollout;

/// <summary><c>vivace rollout simulate</c> and <c>plan</c></summary>
public sealed class SimulateTests
{
    private static readonly CommandLine Cli = new();

    [Fact]
    public async Task The_same_seed_plays_the_same_rollouts_and_another_other_ones()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["rollout", "simulate", "--plan", Plans.Write(folder, Plans.Playable), "--error-rates", "0.1,0.01", "--owners", "0", "--runs", "5", "--json"];
        var first = await Cli.RunAsync([.. command, "--seed", "7"]);
        Assert.Equal(0, first.Code);
        Assert.Equal(first.Out, (await Cli.RunAsync([.. command, "--seed", "7"])).Out);
        Assert.NotEqual(first.Out.Replace("\"seed\":7", "", StringComparison.Ordinal), (await Cli.RunAsync([.. command, "--seed", "8"])).Out.Replace("\"seed\":8", "", StringComparison.Ordinal));
        Assert.Equal(("playable-1", "0.05", "false", "true"), (first.Json.At("plan"), first.Json.At("alpha"), first.Json.At("arms.0.areAlike"), first.Json.At("arms.1.areAlike")));
        Assert.Equal(("5", "5"), (first.Json.At("arms.0.report.rolledBack.failure"), first.Json.At("arms.1.report.completed")));
        Assert.NotNull(first.Json.At("arms.0.report.unitsPerArmAtRollBack.median"));
    }

    [Fact]
    public async Task It_prints_chances_by_gate_times_and_units()
    {
        using var folder = new TemporaryFolder();
        var played = await Cli.RunAsync("rollout", "simulate", "--plan", Plans.Write(folder, Plans.Playable), "--error-rates", "1,0.01", "--owners", "0", "--runs", "4");
        Assert.Equal((0, "As given: 4 rollouts played\nA/A: 4 rollouts played\n"), (played.Code, played.Error));
        Assert.StartsWith("As given: fast fails 100 %, unsafe 0.1 %, low quality 5 %, first chunk 0.4 s; control fails 1 %,", played.Out, StringComparison.Ordinal);
        Assert.Contains("4 rollouts of playable-1, seed 1: 4 rolled back, 0 completed, 0 unfinished\nRollback: 100 % (51.01 % to 100 %)\n", played.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nfailure +4 +100 % \(51\.01 % to 100 %\)\n", played.Out);
        Assert.Matches(@"\nA/A, the arms fail alike: .*\n4 rollouts of playable-1, seed 1: 0 rolled back, 4 completed, 0 unfinished\nFalse rollback: 0 % \(0 % to 48\.99 %\); the plan allows 5 %\n", played.Out);
        Assert.Matches(@"\ntime to detect +\d+", played.Out);
        Assert.Matches(@"\nunits an arm then +\d+", played.Out);
        // Four steps of ten minutes come before it.
        Assert.Matches(@"\ntime to 100 % +4\d min .*\ntime to complete +5\d min", played.Out);
    }

    [Fact]
    public async Task A_A_plays_arms_that_fail_alike_alone_and_tells_where_rollouts_are_held()
    {
        using var folder = new TemporaryFolder();
        var path = Plans.Write(folder, Plans.Playable);
        var alike = await Cli.RunAsync("rollout", "simulate", "--plan", path, "--aa", "--error-rates", "1,0.01", "--owners", "0", "--runs", "2", "--json");
        Assert.Equal(("true", "0.01", "2", null), (alike.Json.At("arms.0.areAlike"), alike.Json.At("arms.0.fast.failure"), alike.Json.At("arms.0.report.completed"), alike.Json.At("arms.1")));
        var slow = await Cli.RunAsync("rollout", "simulate", "--plan", path, "--latencies", "1", "--owners", "100", "--days", "1", "--runs", "2");
        Assert.Contains("0 completed, 2 unfinished (held at 5 %: 2)", slow.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_live_on_a_terminal_and_Ctrl_C_ends_it()
    {
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var played = await (Cli with { OnTerminal = true }).RunAsync(interrupt.Token, "rollout", "simulate", "--runs", "1000000").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((130, ""), (played.Code, played.Out));
        Assert.EndsWith("Interrupted.\n", played.Error, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var whole = await (Cli with { OnTerminal = true }).RunAsync("rollout", "simulate", "--plan", Plans.Write(folder, Plans.Playable), "--owners", "0", "--runs", "2");
        Assert.Contains("A/A: 1 of 2 rollouts", whole.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_plan_is_without_fault_and_can_be_read_back()
    {
        using var folder = new TemporaryFolder();
        var shown = await Cli.RunAsync("rollout", "plan", "show");
        Assert.Contains("\n  \"id\": \"fast-mode-1\",\n", shown.Out.Replace("{\n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        var path = Plans.Write(folder, shown.Out);
        Assert.Equal("OK: fast-mode-1, 5 steps to 100 %, at least 7 d 0 h; a guard rolls back at E ≥ 100.\n", (await Cli.RunAsync("rollout", "plan", "check", path)).Out);
        var json = await Cli.RunAsync("rollout", "plan", "show", "--json");
        Assert.Single(json.Lines);
        Assert.Equal("true", (await Cli.RunAsync("rollout", "plan", "check", Plans.Write(folder, json.Out), "--json")).Json.At("ok"));
    }

    [Fact]
    public async Task Every_fault_of_a_plan_is_told_and_such_a_plan_is_not_played()
    {
        using var folder = new TemporaryFolder();
        var path = Plans.Write(folder, """{"id":"Not an id","steps":[{"percent":101,"minimumTime":"00:01:00","minimumUnits":0}],"guards":[]}""");
        var text = await Cli.RunAsync("rollout", "plan", "check", path);
        Assert.Equal((1, "id must match [a-z0-9][a-z0-9-]{0,63}.\nsteps[0].percent must be 0 to 100.\nsteps[0].minimumUnits must be at least 1.\n"), (text.Code, string.Join('\n', text.Out.Split('\n').Take(3)) + "\n"));
        var json = await Cli.RunAsync("rollout", "plan", "check", path, "--json");
        Assert.Equal((1, "false"), (json.Code, json.Json.At("ok")));
        Assert.True(json.Json.GetProperty("faults").GetArrayLength() >= 3);
        var played = await Cli.RunAsync("rollout", "simulate", "--plan", path, "--json");
        Assert.Equal((1, "plan"), (played.Code, played.Failure.At("kind")));
    }
}
