using System.CommandLine;
using Vivace.Cli.Hosting;

namespace Vivace.Cli.DeadLetters;

/// <summary><c>vivace dead-letters list|requeue</c></summary>
internal static class DeadLettersCommand
{
    private const string About = """
        Evaluations that failed as often as they are tried: list them, try them again. Where the server has keys these need one
        with the role operator.
        """;

    public static Command Create(CommandRunner runner)
    {
        var command = new Command("dead-letters", About);
        command.Subcommands.Add(ListDeadLettersCommand.Create(runner));
        command.Subcommands.Add(RequeueDeadLettersCommand.Create(runner));
        return command;
    }
}
