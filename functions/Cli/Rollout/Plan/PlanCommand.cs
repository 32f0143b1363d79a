using System.CommandLine;
using Vivace.Cli.Hosting;

namespace Vivace.Cli.Rollout.Plan;

/// <summary><c>vivace rollout plan check|show</c></summary>
internal static class PlanCommand
{
    private const string Details = """
        A plan is JSON: id, steps (percent, minimumTime as d.hh:mm:ss, minimumUnits), guards (kind, delta, maximumRatio), alpha,
        and what vivace rollout plan show prints beside them.
        """;

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand("plan", "Check a plan, or print the default one", Details);
        command.Subcommands.Add(CheckPlanCommand.Create(runner));
        command.Subcommands.Add(ShowPlanCommand.Create(runner));
        return command;
    }
}
