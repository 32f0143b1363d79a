using System.Text.Json;
using Vivace.Cli.Tests.Drivers;
using Vivace.Cli.Tests.Drivers.Rollouts;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Rollout;

/// <summary><c>vivace rollout start|promote|pause|resume|abort</c></summary>
public sealed class MoveTests
{
    [Fact]
    public async Task A_rollout_is_started_moved_paused_resumed_and_ended()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        var cli = CommandLine.For(endpoint.Address);
        Assert.Equal((0, "fast-mode-1: running, step 1 of 5, 5 %\n", ""), await TextAsync(cli, "start", "--force", "--reason", "first"));
        Assert.Equal((0, "fast-mode-1: running, step 2 of 5, 20 %\n", ""), await TextAsync(cli, "promote", "--reason", "looks good"));
        Assert.Equal((0, "fast-mode-1: paused (paused-by-a-person), step 2 of 5, 20 %\n", ""), await TextAsync(cli, "pause"));
        Assert.Equal((0, "fast-mode-1: running, step 2 of 5, 20 %\n", ""), await TextAsync(cli, "resume"));
        Assert.Equal((0, "fast-mode-1: aborted (aborted-by-a-person), step 2 of 5, 20 %\n", ""), await TextAsync(cli, "abort"));
        var sent = endpoint.Requests.Where(r => r.Call.StartsWith("POST", StringComparison.Ordinal)).ToArray();
        Assert.Equal("POST /api/rollouts/fast-mode/start {\"force\":true,\"reason\":\"first\"}", $"{sent[0].Call} {sent[0].Body}");
        Assert.Equal("POST /api/rollouts/fast-mode/promote {\"reason\":\"looks good\"}", $"{sent[1].Call} {sent[1].Body}");
        Assert.Equal("POST /api/rollouts/fast-mode/pause {}", $"{sent[2].Call} {sent[2].Body}");
    }

    [Fact]
    public async Task As_JSON_each_prints_the_servers_own_document()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        var cli = CommandLine.For(endpoint.Address);
        foreach (var (command, state) in new[] { ("start", "running"), ("promote", "running"), ("pause", "paused"), ("resume", "running"), ("abort", "aborted") })
        {
            var result = await cli.RunAsync(["rollout", command, "--json", .. command == "start" ? ["--force", "--reason", "r"] : Array.Empty<string>()]);
            Assert.Equal((0, state, "1"), (result.Code, result.Json.At("status.state"), result.Json.At("ofTheFuture.members")));
        }
    }

    [Theory]
    [InlineData("promote")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("abort")]
    [InlineData("start")]
    public async Task What_the_state_does_not_allow_is_shown_and_ends_with_1(string command)
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        var cli = CommandLine.For(endpoint.Address);
        var why = command == "start" ? "No probe of the last 15 minutes" : "No rollout has been started.";
        var text = await cli.RunAsync("rollout", command);
        Assert.Equal((1, ""), (text.Code, text.Out));
        Assert.StartsWith($"Refused (409 rollout-refused): It cannot be done. {why}", text.Error, StringComparison.Ordinal);
        var json = await cli.RunAsync("rollout", command, "--json");
        Assert.Equal((1, "rollout-refused", "409"), (json.Code, json.Failure.At("kind"), json.Failure.At("status")));
    }

    [Fact]
    public async Task A_plan_with_faults_is_refused_with_all_of_them_and_one_that_is_no_JSON_is_not_sent()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        using var folder = new TemporaryFolder();
        var cli = CommandLine.For(endpoint.Address);
        var path = Plans.Write(folder, """{"id":"Not an id","steps":[],"guards":[],"alpha":0.5}""");
        var text = await cli.RunAsync("rollout", "start", "--plan", path, "--force", "--reason", "r");
        Assert.Equal(1, text.Code);
        Assert.All(["Refused (400 invalid-body)", "/plan: id must match", "/plan: steps must not be empty", "/plan: alpha must be"], fault => Assert.Contains(fault, text.Error, StringComparison.Ordinal));
        var json = await cli.RunAsync("rollout", "start", "--plan", path, "--force", "--reason", "r", "--json");
        Assert.Equal(3, json.Failure.GetProperty("errors").GetArrayLength());

        var before = endpoint.Requests.Count;
        var nonsense = await cli.RunAsync("rollout", "start", "--plan", Plans.Write(folder, "{"), "--json");
        Assert.Equal((1, "plan"), (nonsense.Code, nonsense.Failure.At("kind")));
        Assert.Equal((1, "file"), await MissingAsync(cli, folder));
        Assert.Equal(before, endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_plan_is_sent_as_it_stands_also_members_that_this_version_does_not_know()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        using var folder = new TemporaryFolder();
        var path = Plans.Write(folder, """{"id":"future-1","steps":[],"guards":[],"ofTheFuture":[1.50]}""");
        await CommandLine.For(endpoint.Address).RunAsync("rollout", "start", "--plan", path);
        using var body = JsonDocument.Parse(endpoint.Requests.Last().Body);
        Assert.Equal("[1.50]", body.RootElement.At("plan.ofTheFuture"));
    }

    [Fact]
    public async Task They_need_an_operator_s_key()
    {
        await using var endpoint = await RolloutEndpoint.StartAsync();
        foreach (var command in new[] { "status", "start", "promote", "pause", "resume", "abort", "history", "replay" })
        {
            var refused = await CommandLine.For(endpoint.Address).RunAsync("rollout", command, "--key", "no-operator", "--json");
            Assert.Equal((1, "forbidden", "403"), (refused.Code, refused.Failure.At("kind"), refused.Failure.At("status")));
        }
    }

    private static async Task<(int Code, string Out, string Error)> TextAsync(CommandLine cli, params string[] command)
    {
        var result = await cli.RunAsync(["rollout", .. command]);
        return (result.Code, result.Out, result.Error);
    }

    private static async Task<(int Code, string? Kind)> MissingAsync(CommandLine cli, TemporaryFolder folder)
    {
        var missing = await cli.RunAsync("rollout", "start", "--plan", Path.Combine(folder.Path, "none.json"), "--json");
        return (missing.Code, missing.Failure.At("kind"));
    }
}
