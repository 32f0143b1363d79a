using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.History;

/// <summary><c>vivace rollout history</c></summary>
internal static class RolloutHistoryCommand
{
    private const string Details = """
        Every decision of every rollout, oldest first: by whom, and where the rollout stood after it. "reconcile" decided by
        itself. --lines prints the entries as they are stored, one a line, as vivace rollout replay --file reads them.

        Example:
          vivace rollout history --lines --all > audit.jsonl

        With --json: {"lines": [entry as it is stored, a string], "head": {sequence, hash}}.
        """;

    public static Command Create(CommandRunner runner)
    {
        var readLimit = WholeNumber.Between("--limit", 1, RolloutsClient.MostEntries);
        var limit = new Option<int>("--limit") { HelpName = "n", DefaultValueFactory = _ => RolloutsClient.MostEntries, Description = $"At most so many, 1 to {RolloutsClient.MostEntries}", CustomParser = readLimit };
        var readAfter = WholeNumber.Between("--after", 0, int.MaxValue);
        var after = new Option<int>("--after") { HelpName = "entry", DefaultValueFactory = _ => 0, Description = "Those after this entry", CustomParser = readAfter };
        var all = new Option<bool>("--all") { Description = "All of them" };
        var stored = new Option<bool>("--lines") { Description = "As they are stored" };
        var command = new DocumentedCommand("history", "Print the audit log of rollouts", Details) { limit, after, all, stored };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var page = parsed.GetValue(all)
                ? await AuditPages.AllAsync(context.Client.Rollouts, parsed.GetValue(after), null, cancellationToken)
                : await context.Client.Rollouts.HistoryAsync(parsed.GetValue(after), parsed.GetValue(limit), cancellationToken);
            await PrintAsync(context, page, parsed.GetValue(after), parsed.GetValue(stored));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task PrintAsync(CommandContext context, RolloutHistory page, long after, bool stored)
    {
        var to = context.Console.Out;
        if (context.Json)
        {
            await to.WriteLineAsync(CliJson.Line(page, CliJson.Context.RolloutHistory));
            return;
        }

        if (stored)
        {
            foreach (var line in page.Lines)
            {
                await to.WriteLineAsync(line);
            }
        }
        else
        {
            await TextTable.WriteAsync(to, AuditRow.Head, [.. page.Lines.Select(AuditRow.Of)]);
        }

        if (after + page.Lines.Count < page.Head.Sequence)
        {
            context.Progress.Say("There are more; --all prints them.");
        }
    }
}
