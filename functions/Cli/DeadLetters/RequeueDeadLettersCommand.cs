using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Contracts;
using Vivace.Contracts.Evaluations;

namespace Vivace.Cli.DeadLetters;

/// <summary><c>vivace dead-letters requeue TURN EVALUATOR VERSION | --all</c></summary>
internal static class RequeueDeadLettersCommand
{
    private const string Details = """
        Prints how many are pending again.

        Examples:
          vivace dead-letters requeue 01a2… REFLECTION 1
          vivace dead-letters requeue --all

        With --json: {"requeued": n}.
        """;

    public static Command Create(CommandRunner runner)
    {
        var turn = new Argument<string?>("turn") { Arity = ArgumentArity.ZeroOrOne, Description = "The turn's id" };
        var evaluator = new Argument<string?>("evaluator") { Arity = ArgumentArity.ZeroOrOne, Description = "The evaluator's name" };
        var read = WholeNumber.Between("version", 1, int.MaxValue);
        var version = new Argument<int?>("version") { Arity = ArgumentArity.ZeroOrOne, Description = "Its version", CustomParser = result => read(result) };
        var all = new Option<bool>("--all") { Description = "All of them" };
        var command = new DocumentedCommand("requeue", "Try dead evaluations again", Details) { turn, evaluator, version, all };
        command.Validators.Add(result =>
        {
            var named = result.GetResult(version) is { Tokens.Count: > 0 };
            var begun = result.GetResult(turn) is { Tokens.Count: > 0 };
            if (result.GetValue(all) ? begun : !named)
            {
                result.AddError("Name a turn, an evaluator and a version, or say --all.");
            }
        });
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var requeued = parsed.GetValue(all)
                ? await context.Client.Evaluations.RequeueAllAsync(cancellationToken)
                : await context.Client.Evaluations.RequeueAsync(
                    parsed.GetValue(turn)!, parsed.GetValue(evaluator)!, parsed.GetValue(version)!.Value, cancellationToken);
            await context.Console.Out.WriteLineAsync(
                context.Json ? CliJson.Line(new RequeueReply(requeued), WireJson.Context.RequeueReply) : $"{requeued} requeued");
            return ExitCodes.Ok;
        });
        return command;
    }
}
