using System.CommandLine;
using System.Globalization;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Contracts;
using Vivace.Contracts.Evaluations;

namespace Vivace.Cli.DeadLetters;

/// <summary><c>vivace dead-letters list</c></summary>
internal static class ListDeadLettersCommand
{
    private const string Details = """
        The oldest turn comes first.

        With --json: {"deadLetters": [{turnId, evaluator, version, reason, createdAt}], "next"}; next says that there are more.
        """;

    public static Command Create(CommandRunner runner)
    {
        var limit = PageLimit.Option($"The oldest so many; default {PageLimit.Max}");
        var all = new Option<bool>("--all") { Description = "All of them" };
        var command = new DocumentedCommand("list", "List dead evaluations", Details) { limit, all };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var page = await context.Client.Evaluations.DeadLettersAsync(null, parsed.GetValue(limit), cancellationToken);
            while (parsed.GetValue(all) && page.Next is not null)
            {
                var more = await context.Client.Evaluations.DeadLettersAsync(page.Next, PageLimit.Max, cancellationToken);
                page = new DeadLetterList([.. page.DeadLetters, .. more.DeadLetters], more.Next);
            }

            await PrintAsync(context, page);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task PrintAsync(CommandContext context, DeadLetterList page)
    {
        if (context.Json)
        {
            await context.Console.Out.WriteLineAsync(CliJson.Line(page, WireJson.Context.DeadLetterList));
            return;
        }

        await TextTable.WriteAsync(context.Console.Out, ["TURN", "EVALUATOR", "VERSION", "ACCEPTED (UTC)", "REASON"], [.. page.DeadLetters.Select(d => new[]
        {
            d.TurnId,
            d.Evaluator,
            d.Version.ToString(CultureInfo.InvariantCulture),
            d.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            d.Reason ?? "-",
        })]);
        if (page.Next is not null)
        {
            context.Progress.Say("There are more; --all prints them.");
        }
    }
}
