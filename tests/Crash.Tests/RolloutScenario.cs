using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Vivace.Rollouts.Auditing;
using Vivace.Testing.Http;

namespace Vivace.Crash.Tests;

/// <summary>
/// A rollout while its process is killed once: it is probed and started, units come to both arms, the fast arm's model begins to
/// fail, and it rolls back by itself. Then the process is asked to stop.
/// </summary>
internal sealed class RolloutScenario : IAsyncDisposable
{
    private const string Path = "/api/rollouts/fast-mode";

    /// <summary>Units whose turns wait for a restart are late, and are not to end the rollout before the failures do.</summary>
    private const string Plan = """
        {"id":"crash-1","firstChunkSlo":120,"steps":[{"percent":50,"minimumTime":"1.00:00:00","minimumUnits":3}],"guards":[{"kind":"failure"},{"kind":"unsafe"}],"coolDown":"01:00:00"}
        """;

    /// <summary>In place of the built-in one, after whose two minutes only would a lost turn be handed on.</summary>
    private const string Default = """{ "profile": "default", "mode": "default", "model": { "size": "large" }, "generation": { "maxModelCalls": 1, "retries": 0, "deadlineSeconds": 8 }, "postEvaluators": { "deferred": false } }""";

    /// <summary>Several times what the guard needs: half of them are control, and a killed process loses what it had not written.</summary>
    private const int MostUnits = 120;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly CrashChild child;
    private readonly CrashClient client;
    private readonly CrashChecks checks;
    private int broken;

    private RolloutScenario(ScriptedModel model, CrashRun? run, string? logs)
    {
        folder.Write("profiles/default.json", Default);
        child = new CrashChild(
            folder.Path, [.. CrashSettings.Write(folder, model), "Processing:FastProfile=quick", "Rollouts:FlushSeconds=0.2", "Rollouts:ReconcileSeconds=0.2"], run?.Arms(CrashSite.Rollout),
            logs is null ? null : System.IO.Path.Combine(logs, CrashSite.Rollout));
        client = new CrashClient(child);
        checks = new CrashChecks(client, model);
    }

    /// <param name="run">Where to kill; null: nowhere.</param>
    /// <param name="logs">A folder that gets a file of the points passed.</param>
    public static async Task<CrashOutcome> RunAsync(CrashRun? run, string? logs = null)
    {
        await using var model = await ScriptedModel.StartAsync();
        await using var scenario = new RolloutScenario(model, run, logs);
        return await CrashOutcome.OfAsync(scenario.RunAsync, scenario.checks, () => scenario.child.Crashed);
    }

    public async ValueTask DisposeAsync()
    {
        await child.DisposeAsync();
        folder.Dispose();
    }

    private async Task RunAsync()
    {
        await child.StartAsync();
        await client.PostAsync($"{Path}/probe", new() { ["at"] = TimeProvider.System.GetUtcNow().ToString("O"), ["mismatches"] = 0 });
        var probed = await client.GetAsync(Path);
        checks.Expect(probed.At("probe.mismatches") == "0", $"A probe that was recorded is gone: {probed}");

        // Asked again after a crash it may be under way already.
        await client.PostAsync($"{Path}/start", new() { ["plan"] = JsonNode.Parse(Plan), ["force"] = true });
        await SeeAsync(r => r.At("status.state") == "running" && r.At("status.flagConfirmed") == "true" && r.At("flag.seed") == "crash-1");
        await Eventually.GetAsync(() => SayAsync("Hi"), r => r.At("processing.arm") is not "none", Patience);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SayAsync("Hi")));
        var ended = await BreakAsync();
        checks.Expect(ended.At("status.reason") == "failure", $"It ended otherwise than by failures: {ended}");
        await SeeAsync(r => r.At("status.flagConfirmed") == "true" && r.At("flag.runtimeEnabled") == "false" && r.At("flag.contractEnabled") == "true");
        await Eventually.GetAsync(() => SayAsync("Hi"), r => r.At("processing.reason") == "runtime-flag-off", Patience);
        await CheckAuditAsync();
        await child.LeaveAsync();
        CheckUnits();
    }

    private async Task<JsonElement> BreakAsync()
    {
        while (broken++ < MostUnits)
        {
            await SayAsync(ScriptedModel.Break);
            var seen = await client.GetAsync(Path);
            if (seen.At("status.state") == "rolled-back")
            {
                return seen;
            }
        }

        return await SeeAsync(r => r.At("status.state") == "rolled-back");
    }

    /// <summary>One decision to start and one to roll back, each made again alike from the log, whose end is the one that is known.</summary>
    private async Task CheckAuditAsync()
    {
        var history = await client.GetAsync($"{Path}/history");
        string[] lines = [.. history.GetProperty("lines").EnumerateArray().Select(l => l.GetString()!)];
        var head = history.GetProperty("head").Deserialize(RolloutsJson.Default.AuditHead)!;
        var fault = AuditReplay.Replay(lines, head).Fault;
        checks.Expect(fault is null, $"The audit log does not replay: {fault}");
        var entries = lines.Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        var starts = entries.Count(e => e.At("record.inputs.kind") == "start");
        var ends = entries.Count(e => e.At("record.after.state") == "rolled-back" && e.At("record.inputs.before.state") == "running");
        checks.Expect((starts, ends) == (1, 1), $"It started {starts} times and was rolled back {ends} times: {string.Join('\n', lines)}");
    }

    /// <summary>Whoever is counted has had a turn, and nobody is counted as failed whose turn did not fail.</summary>
    private void CheckUnits()
    {
        using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(folder.Path, "vivace.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var strangers = Count("SELECT COUNT(*) FROM rollout_units u WHERE NOT EXISTS (SELECT 1 FROM turns t WHERE t.rollout_unit = u.unit)");
        checks.Expect(strangers == 0, $"{strangers} units are counted that have no turn.");
        var wronged = Count(
            "SELECT COUNT(*) FROM rollout_units u WHERE json_extract(u.row, '$.failed') IS NOT NULL "
            + "AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.rollout_unit = u.unit AND t.failure <> '')");
        checks.Expect(wronged == 0, $"{wronged} units count as failed whose turns did not.");
        var failed = Count("SELECT COUNT(*) FROM rollout_units WHERE json_extract(row, '$.failed') IS NOT NULL");
        checks.Expect(failed > 0 && failed <= broken, $"{failed} units count as failed of {broken} that were broken.");

        long Count(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }
    }

    private Task<JsonElement> SeeAsync(Func<JsonElement, bool> so) => Eventually.GetAsync(() => client.GetAsync(Path), so, Patience);

    /// <summary>Each conversation is a unit of its own.</summary>
    private async Task<JsonElement> SayAsync(string text)
    {
        var conversation = (await client.PostAsync("/api/conversations", [])).At("conversation.id");
        var body = new JsonObject { ["text"] = text, ["processing"] = new JsonObject { ["mode"] = "fast" } };
        return await client.PostAsync($"/api/conversations/{conversation}/messages", body, "u-0");
    }
}
