using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.Status;

/// <summary><c>vivace rollout status [--watch]</c></summary>
internal static class StatusCommand
{
    private const string Details = """
        Every gate with k of n, the value E of its test and the threshold at which it decides: a guard fails, and rolls back, when
        E reaches it; speed passes when E reaches it. "inconclusive" waits, "error" could not be measured; both hold the rollout.

        --watch looks again and again: on a terminal the page is redrawn, elsewhere there is a line for each change. It ends with
        the rollout, exit code 0 when it completed and 1 when it was rolled back or aborted.

        With --json: {"name", "plan", "planFaults", "status", "verdict", "gates": [{gate, verdict, count, log10E, log10Threshold,
        reason}], "measurements", "flag", "instances", "profileHashes", "probe", "head"}, as the server gives it; with --watch one
        object a line, whenever it has changed.
        """;

    public static Command Create(CommandRunner runner)
    {
        var watch = new Option<bool>("--watch") { Description = "Go on until the rollout ends" };
        var interval = new Option<double>("--interval")
        {
            HelpName = "seconds",
            DefaultValueFactory = _ => 2,
            Description = "How often --watch looks, 0.1 to 3600 seconds",
            CustomParser = Number.Between("--interval", 0.1, 3600),
        };
        var command = new DocumentedCommand("status", "Print where the rollout stands, gate by gate", Details) { watch, interval };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            if (parsed.GetValue(watch))
            {
                return await new RolloutWatch(context, TimeSpan.FromSeconds(parsed.GetValue(interval))).RunAsync(cancellationToken);
            }

            await PrintAsync(context, await context.Client.Rollouts.GetAsync(cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task PrintAsync(CommandContext context, RolloutReport report)
    {
        var lines = context.Json ? [RolloutOutput.JsonOf(report)] : StatusPage.Lines(report, context.Time.GetUtcNow());
        foreach (var line in lines)
        {
            await context.Console.Out.WriteLineAsync(line);
        }
    }
}
