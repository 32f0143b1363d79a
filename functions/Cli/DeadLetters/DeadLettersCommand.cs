using System.CommandLine;
using Vivace.Cli.Hosting;

namespace Vivace.Cli.DeadLetters;

/// <summary><c>vivace dead-letters list|requeue</c></summary>
internal static class DeadLettersCommand
{
    private const string Details = """
        Where the server has keys these need one with the role operator.
        """;

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand("dead-letters", "Evaluations that failed as often as they are tried", Details);
        command.Subcommands.Add(ListDeadLettersCommand.Create(runner));
        command.Subcommands.Add(RequeueDeadLettersCommand.Create(runner));
        return command;
    }
}
