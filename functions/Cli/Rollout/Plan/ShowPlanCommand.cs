using System.CommandLine;
using System.Text.Json;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Rollout.Plan;

/// <summary><c>vivace rollout plan show</c></summary>
internal static class ShowPlanCommand
{
    private const string Details = """
        To be edited and given to vivace rollout start --plan, or set as configuration key Vivace:Rollouts:fast-mode.

        With --json: the same on one line.
        """;

    private static readonly RolloutPlanJson Indented = new(new JsonSerializerOptions(RolloutPlanJson.Default.Options) { WriteIndented = true });

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand("show", "Print the default plan as JSON", Details);
        runner.Bind(command, async (context, _, _) =>
        {
            var json = context.Json ? RolloutPlanJson.Default : Indented;
            await context.Console.Out.WriteLineAsync(CliJson.Line(RolloutPlan.Default, json.RolloutPlan));
            return ExitCodes.Ok;
        });
        return command;
    }
}
