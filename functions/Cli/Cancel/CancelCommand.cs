using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Contracts;

namespace Vivace.Cli.Cancel;

/// <summary><c>vivace cancel TURN</c></summary>
internal static class CancelCommand
{
    private const string Details = """
        Wherever the turn runs; one that has ended stays as it is. Prints where it stands then: cancelled, or running while it
        is still ending, or how it had ended before.

        With --json: the turn, {turnId, status, text, processing, …}.
        """;

    public static Command Create(CommandRunner runner)
    {
        var turn = new Argument<string>("turn") { Description = "The turn's id" };
        var command = new DocumentedCommand("cancel", "Cancel a turn", Details) { turn };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var then = await context.Client.Turns.CancelAsync(parsed.GetRequiredValue(turn), cancellationToken);
            await context.Console.Out.WriteLineAsync(
                context.Json ? CliJson.Line(then, WireJson.Context.TurnDetails) : ProcessingText.Wire(then.Status));
            return ExitCodes.Ok;
        });
        return command;
    }
}
