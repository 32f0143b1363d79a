using System.CommandLine;
using System.Text.Json;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;

namespace Vivace.Cli.Rollout.Start;

/// <summary><c>vivace rollout start [--plan FILE] [--force --reason TEXT]</c></summary>
internal static class StartCommand
{
    private const string Details = """
        Without --plan the deployment's configured plan is started, or else the default one (vivace rollout plan show). Refused
        while another rollout is under way, under an id that has run before, during the cool-down of the one before, and without
        a probe (vivace probe --record) of the last 15 minutes that found no mismatch and the profiles that are in force now.
        --force starts without such a probe, and the audit log keeps the reason.

        Examples:
          vivace rollout start
          vivace rollout start --plan plan.json --force --reason "first deployment, nothing to probe yet"

        With --json: the document of vivace rollout status.
        """;

    public static Command Create(CommandRunner runner)
    {
        var file = new Option<FileInfo?>("--plan") { HelpName = "file", Description = "The plan, as JSON" };
        var force = new Option<bool>("--force") { Description = "Start without a fresh probe; needs --reason" };
        var reason = ReasonOption.Create();
        var command = new DocumentedCommand("start", "Start a rollout", Details) { file, force, reason };
        command.Validators.Add(result =>
        {
            if (result.GetValue(force) && string.IsNullOrWhiteSpace(result.GetValue(reason)))
            {
                result.AddError("--force needs a --reason.");
            }
        });
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            JsonElement? plan = null;
            if (parsed.GetValue(file) is { } path && (plan = await ReadAsync(path, cancellationToken)) is null)
            {
                return await new FailureWriter(context.Console, context.Json).WriteAsync(ExitCodes.Failed, "plan", $"{path.Name} is not JSON.");
            }

            var report = await context.Client.Rollouts.StartAsync(plan, parsed.GetValue(force), parsed.GetValue(reason), cancellationToken);
            await RolloutOutput.WriteAsync(context, report);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>As it is: what the plan may say is the server's to judge. Null when it is no JSON.</summary>
    private static async Task<JsonElement?> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
