using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Rollout.History;
using Vivace.Cli.Rollout.Moves;
using Vivace.Cli.Rollout.Plan;
using Vivace.Cli.Rollout.Replay;
using Vivace.Cli.Rollout.Simulate;
using Vivace.Cli.Rollout.Start;
using Vivace.Cli.Rollout.Status;

namespace Vivace.Cli.Rollout;

/// <summary><c>vivace rollout …</c></summary>
internal static class RolloutCommand
{
    private const string Details = """
        A rollout takes fast mode from a few units to all, step by step, beside a control arm of the same size. Guards that count
        exactly roll it back; it moves on only when every gate passes. What has ended never starts again under the same id.

        From the first look to the last step:
          vivace rollout plan show > plan.json           # the default plan, to be edited
          vivace rollout plan check plan.json            # every fault of it
          vivace rollout simulate --plan plan.json --error-rates 0.05,0.01
          vivace probe --record                          # a start asks for a fresh probe without mismatch
          vivace rollout start --plan plan.json
          vivace rollout status --watch
          vivace rollout replay                          # every decision again, from what it was made from

        Where the server has keys these need one with the role operator; plan and simulate, and replay of a file, need no server.
        """;

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand("rollout", "Roll fast mode out, watch it, and check what was decided", Details);
        command.Subcommands.Add(StatusCommand.Create(runner));
        command.Subcommands.Add(StartCommand.Create(runner));
        foreach (var move in MoveCommand.CreateAll(runner))
        {
            command.Subcommands.Add(move);
        }

        command.Subcommands.Add(RolloutHistoryCommand.Create(runner));
        command.Subcommands.Add(ReplayCommand.Create(runner));
        command.Subcommands.Add(SimulateCommand.Create(runner));
        command.Subcommands.Add(PlanCommand.Create(runner));
        return command;
    }
}
