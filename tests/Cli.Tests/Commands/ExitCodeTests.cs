using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Commands;

/// <summary>How commands end that cannot do what they are asked to.</summary>
public sealed class ExitCodeTests
{
    public static TheoryData<string[]> EveryCommand => new(
        ["send", "Hello"],
        ["send", "Hello", "--stream"],
        ["send", "Hello", "--conversation", "c"],
        ["send", "Hello", "--conversation", "c", "--stream"],
        ["chat"],
        ["history"],
        ["history", "c"],
        ["profiles"],
        ["cancel", "t"],
        ["dead-letters", "list"],
        ["dead-letters", "requeue", "--all"],
        ["probe"],
        ["rollout", "status"],
        ["rollout", "status", "--watch"],
        ["rollout", "start"],
        ["rollout", "promote"],
        ["rollout", "pause"],
        ["rollout", "resume"],
        ["rollout", "abort"],
        ["rollout", "history"],
        ["rollout", "replay"],
        ["drill"]);

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task Where_nobody_listens_every_command_says_so_and_ends_with_3(string[] command)
    {
        using var nobody = new ReservedPort();
        var cli = CommandLine.For(nobody.Address);
        var text = await cli.RunAsync(command);
        Assert.Equal((3, ""), (text.Code, text.Out.Replace("Conversation c\n", "", StringComparison.Ordinal)));
        Assert.Contains("cannot be reached", text.Error, StringComparison.Ordinal);
        var json = await cli.RunAsync([.. command, "--json"]);
        Assert.Equal((3, "unreachable"), (json.Code, json.Failure.At("kind")));
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public async Task A_wrong_key_is_told_by_every_command_and_ends_with_1(string[] command)
    {
        await using var host = await VivaceHost.StartAsync(Keys.Settings(("secret", "operator")));
        var cli = CommandLine.For(host);
        var text = await cli.RunAsync([.. command, "--key", "wrong"]);
        Assert.Equal(1, text.Code);
        Assert.Contains("Refused (401 unauthorized): A known key is required.", text.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", text.Error + text.Out, StringComparison.Ordinal);
        var json = await (cli with { Variables = new Dictionary<string, string>(cli.Variables) { ["VIVACE_API_KEY"] = "wrong" } }).RunAsync([.. command, "--json"]);
        Assert.Equal((1, "unauthorized"), (json.Code, json.Failure.At("kind")));
    }

    [Theory]
    [InlineData("Unrecognized command", "nonsense")]
    [InlineData("Required argument missing", "send")]
    [InlineData("'slow' not recognized", "send", "Hello", "--mode", "slow")]
    [InlineData("--profile must match", "send", "Hello", "--profile", "Not A Profile")]
    [InlineData("--endpoint must be an http or https address", "send", "Hello", "--endpoint", "nowhere")]
    [InlineData("--key must be visible ASCII", "send", "Hello", "--key", "ключ")]
    [InlineData("--limit must be 1 to 200", "history", "--limit", "0")]
    [InlineData("--limit must be 1 to 200", "history", "--limit", "many")]
    [InlineData("version must be 1 to", "dead-letters", "requeue", "t", "REFLECTION", "new")]
    [InlineData("Name a turn, an evaluator and a version, or say --all.", "dead-letters", "requeue", "t")]
    [InlineData("Required command was not provided", "dead-letters")]
    [InlineData("--rounds must be 1 to 100", "probe", "--rounds", "0")]
    [InlineData("Required command was not provided", "rollout")]
    [InlineData("Required command was not provided", "rollout", "plan")]
    [InlineData("Required argument missing", "rollout", "plan", "check")]
    [InlineData("--interval must be 0.1 to 3600", "rollout", "status", "--interval", "0")]
    [InlineData("--force needs a --reason.", "rollout", "start", "--force")]
    [InlineData("--force needs a --reason.", "rollout", "start", "--force", "--reason", " ")]
    [InlineData("--limit must be 1 to 500", "rollout", "history", "--limit", "501")]
    [InlineData("--after must be 0 to", "rollout", "history", "--after", "-1")]
    [InlineData("--head is for a --file", "rollout", "replay", "--head", "1:0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("--head must be an entry's number and its hash", "rollout", "replay", "--file", "f", "--head", "1")]
    [InlineData("--error-rates must be one number, or two as FAST,CONTROL, each 0 to 1.", "rollout", "simulate", "--error-rates", "0.1,2")]
    [InlineData("--latencies must be one number, or two as FAST,CONTROL", "rollout", "simulate", "--latencies", "1,2,3")]
    [InlineData("--traffic must be 0.0001 to 10000", "rollout", "simulate", "--traffic", "0")]
    [InlineData("--owners must be 0 to 1000000", "rollout", "simulate", "--owners", "-1")]
    [InlineData("--runs must be 1 to 1000000", "rollout", "simulate", "--runs", "0")]
    [InlineData("--seed must be a whole number from 0.", "rollout", "simulate", "--seed", "-1")]
    [InlineData("A drill is --soft or --hard.", "drill", "--soft", "--hard")]
    [InlineData("'slow' not recognized", "drill", "--fault", "slow")]
    [InlineData("--endpoints must be http or https addresses, all different", "drill", "--endpoints", "http://a,nowhere")]
    [InlineData("--endpoints must be http or https addresses, all different", "drill", "--endpoints", "http://a,http://a/")]
    [InlineData("--within must be a time such as 500ms, 15s or 2m", "drill", "--within", "soon")]
    [InlineData("--within must be a time such as 500ms, 15s or 2m", "drill", "--within", "2h")]
    [InlineData("--within must be a time such as 500ms, 15s or 2m", "drill", "--within", "61m")]
    [InlineData("--rate must be 0.1 to 1000", "drill", "--rate", "0")]
    public async Task A_command_line_that_is_not_valid_ends_with_2_and_names_the_help(string message, params string[] arguments)
    {
        var cli = new CommandLine();
        var text = await cli.RunAsync(arguments);
        Assert.Equal((2, ""), (text.Code, text.Out));
        Assert.Contains(message, text.Error, StringComparison.Ordinal);
        Assert.Contains("See: vivace", text.Error, StringComparison.Ordinal);
        var json = await cli.RunAsync([.. arguments, "--json"]);
        Assert.Equal((2, "usage"), (json.Code, json.Failure.At("kind")));
    }

    [Fact]
    public async Task A_bad_address_or_key_in_the_environment_is_a_usage_error_too()
    {
        var address = await new CommandLine { Variables = new Dictionary<string, string> { ["VIVACE_ENDPOINT"] = "nowhere" } }.RunAsync("history");
        Assert.Equal((2, "VIVACE_ENDPOINT is not an http or https address.\n"), (address.Code, address.Error));
        var key = await new CommandLine { Variables = new Dictionary<string, string> { ["VIVACE_API_KEY"] = "a\nb" } }.RunAsync("history");
        Assert.Equal(2, key.Code);
        Assert.Contains("X-Api-Key must be visible ASCII", key.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_no_endpoint_ends_with_1()
    {
        await using var other = await SseStandIn.StartAsync("<html>");
        var text = await CommandLine.For(other.Address).RunAsync("history");
        Assert.Equal(1, text.Code);
        Assert.Contains("is it a Vivace endpoint?", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_commands_environment_and_exit_codes_and_every_command_has_its_own()
    {
        var cli = new CommandLine();
        var help = await cli.RunAsync("--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Equal((2, help.Out), await OutcomeAsync(cli));
        foreach (var word in new[] { "VIVACE_ENDPOINT", "VIVACE_API_KEY", "VIVACE_USER", "Exit codes", "send", "chat", "history", "profiles", "cancel", "dead-letters", "probe", "rollout", "drill" })
        {
            Assert.Contains(word, help.Out, StringComparison.Ordinal);
        }

        string[] rollouts = ["status", "start", "promote", "pause", "resume", "abort", "history", "replay", "simulate", "plan check", "plan show"];
        string[] commands = ["send", "chat", "history", "profiles", "cancel", "dead-letters list", "dead-letters requeue", "drill", .. rollouts.Select(r => $"rollout {r}")];
        foreach (var command in commands)
        {
            var own = await cli.RunAsync([.. command.Split(' '), "--help"]);
            Assert.Equal(0, own.Code);
            Assert.Contains("With --json:", own.Out, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Out)> OutcomeAsync(CommandLine cli)
    {
        var result = await cli.RunAsync();
        return (result.Code, result.Out);
    }
}
