using System.Text.Json;
using Vivace.Cli.Tests.Drivers;
using Vivace.Cli.Tests.Drivers.Rollouts;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Simulating;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Rollout;

/// <summary><c>vivace rollout history</c> and <c>replay</c></summary>
public sealed class ReplayTests
{
    private const string Changed = "\"actor\":\"controller\"";

    [Fact]
    public async Task A_log_of_several_pages_is_made_again_from_the_endpoint()
    {
        var deployment = new RolloutDeployment();
        await using var endpoint = await RolloutEndpoint.StartAsync(deployment);
        var (lines, head) = Long();
        deployment.Keep(lines, head);
        var cli = CommandLine.For(endpoint.Address);
        var text = await cli.RunAsync("rollout", "replay");
        Assert.Equal((0, $"{lines.Count} entries, every decision made again alike; head {head.Sequence}:{head.Hash}\n"), (text.Code, text.Out));
        Assert.True(endpoint.Requests.Count > 1, "one page");
        var json = await cli.RunAsync("rollout", "replay", "--json");
        Assert.Equal((0, $"{lines.Count}", head.Hash, null), (json.Code, json.Json.At("entries"), json.Json.At("head.hash"), json.Json.At("fault")));
    }

    [Theory]
    [InlineData("changed", 2)]
    [InlineData("missing", 2)]
    [InlineData("cut off", 3)]
    public async Task The_first_entry_that_is_not_as_it_was_is_named(string how, int sequence)
    {
        var deployment = new RolloutDeployment();
        await using var endpoint = await RolloutEndpoint.StartAsync(deployment);
        var (lines, head) = Played();
        Assert.True(lines.Count >= 3 && lines[1].Contains(Changed, StringComparison.Ordinal), lines[1]);
        var kind = how switch
        {
            "changed" => "changed",
            "missing" => "broken-link",
            _ => "truncated",
        };
        deployment.Keep(
            how switch
            {
                "changed" => [lines[0], lines[1].Replace(Changed, "\"actor\":\"controllez\"", StringComparison.Ordinal), .. lines.Skip(2)],
                "missing" => [lines[0], .. lines.Skip(2)],
                _ => lines.Take(2),
            },
            head);
        var cli = CommandLine.For(endpoint.Address);
        var text = await cli.RunAsync("rollout", "replay");
        Assert.Equal(1, text.Code);
        Assert.StartsWith($"Entry {sequence}: {kind}. ", text.Out, StringComparison.Ordinal);
        var json = await cli.RunAsync("rollout", "replay", "--json");
        Assert.Equal((1, $"{sequence}", kind), (json.Code, json.Json.At("fault.sequence"), json.Json.At("fault.kind")));
    }

    [Fact]
    public async Task A_verdict_that_does_not_follow_is_found_also_where_every_hash_fits()
    {
        var (lines, _) = Played();
        var first = JsonSerializer.Deserialize(lines[0], RolloutsJson.Default.AuditEntry)!;
        var forged = AuditLog.Append(AuditHead.Empty, first.Record with { After = first.Record.After with { Percent = 100 } });
        using var folder = new TemporaryFolder();
        folder.Write("audit.jsonl", AuditLog.ToLine(forged) + "\n");
        var replay = await new CommandLine().RunAsync("rollout", "replay", "--file", Path.Combine(folder.Path, "audit.jsonl"));
        Assert.Equal(1, replay.Code);
        Assert.StartsWith("Entry 1: different-decision. ", replay.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_can_be_kept_in_a_file_and_made_again_from_there()
    {
        var deployment = new RolloutDeployment();
        await using var endpoint = await RolloutEndpoint.StartAsync(deployment);
        var (lines, head) = Played();
        deployment.Keep(lines, head);
        var cli = CommandLine.For(endpoint.Address);
        var stored = await cli.RunAsync("rollout", "history", "--lines", "--all");
        Assert.Equal(string.Concat(lines.Select(l => l + "\n")), stored.Out);
        using var folder = new TemporaryFolder();
        folder.Write("audit.jsonl", stored.Out);
        folder.Write("cut.jsonl", lines[0]);
        var (whole, cut, known) = (Path.Combine(folder.Path, "audit.jsonl"), Path.Combine(folder.Path, "cut.jsonl"), $"{head.Sequence}:{head.Hash}");
        Assert.Equal(0, (await cli.RunAsync("rollout", "replay", "--file", whole, "--head", known)).Code);
        Assert.Equal(0, (await cli.RunAsync("rollout", "replay", "--file", cut)).Code);
        var short1 = await cli.RunAsync("rollout", "replay", "--file", cut, "--head", known);
        Assert.Equal(1, short1.Code);
        Assert.StartsWith("Entry 2: truncated. ", short1.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_a_table_in_pages_or_the_servers_lines()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        var cli = CommandLine.For(endpoint.Address);
        await cli.RunAsync("rollout", "start", "--force", "--reason", "r");
        await cli.RunAsync("rollout", "pause");
        var table = await cli.RunAsync("rollout", "history");
        Assert.Equal((0, ""), (table.Code, table.Error));
        Assert.Matches(@"^ENTRY +AT \(UTC\) +WHAT +BY +THEN +STEP +PERCENT +VERDICT +REASON\n1 +[-\d]+ [:\d]+ +start +tester +running +1 +5 +inconclusive +-\n2 .* pause +tester +paused +1 +5 +inconclusive +paused-by-a-person\n$", table.Out);
        var page = await cli.RunAsync("rollout", "history", "--limit", "1");
        Assert.Equal((2, "There are more; --all prints them.\n"), (page.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, page.Error));
        var rest = (await cli.RunAsync("rollout", "history", "--after", "1", "--json")).Json;
        Assert.Equal((endpoint.Deployment.Lines[1], "2"), (rest.At("lines.0"), rest.At("head.sequence")));
    }

    private static (IReadOnlyList<string> Lines, AuditHead Head) Played()
    {
        (IReadOnlyList<string>, AuditHead)? played = null;
        RolloutSimulation.Run(
            new SimulationOptions { Plan = Plans.Playable, Runs = 1, KeepAudit = true }, new Seen(r => played = (r.AuditLines, r.AuditHead)), CancellationToken.None);
        return played!.Value;
    }

    /// <summary>A rollout that is paused and resumed until its log is longer than a page.</summary>
    private static (IReadOnlyList<string> Lines, AuditHead Head) Long()
    {
        var deployment = new RolloutDeployment();
        var at = DateTimeOffset.UnixEpoch;
        deployment.Operate((_, flag, _) => Vivace.Rollouts.Reconciling.RolloutOperations.Start(Plans.Short, null, _ => false, flag, "tester", at), Plans.Short);
        for (var i = 0; i < 300; i++)
        {
            deployment.Operate((status, _, _) => Vivace.Rollouts.Reconciling.RolloutOperations.Pause(Plans.Short, status!, "tester", at));
            deployment.Operate((status, flag, _) => Vivace.Rollouts.Reconciling.RolloutOperations.Resume(Plans.Short, status!, null, flag, "tester", at));
        }

        return (deployment.Lines, deployment.Head);
    }

    private sealed class Seen(Action<SimulatedRollout> seen) : IProgress<SimulatedRollout>
    {
        public void Report(SimulatedRollout value) => seen(value);
    }
}
