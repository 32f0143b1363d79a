using System.CommandLine;
using System.Globalization;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Contracts;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;

namespace Vivace.Cli.History;

/// <summary><c>vivace history [CONVERSATION]</c></summary>
internal static class HistoryCommand
{
    private const string Details = """
        Messages come oldest first, conversations newest change first.

        With --json: {"messages": [{id, role, text, timestamp, turnId, source}], "before"}, or
        {"conversations": [{id, title, roomId, defaultMode, …}], "next"}; before and next say that there are more.
        """;

    public static Command Create(CommandRunner runner)
    {
        var id = new Argument<string?>("conversation") { Arity = ArgumentArity.ZeroOrOne, Description = "The conversation" };
        var limit = PageLimit.Option("The newest so many; default 100");
        var all = new Option<bool>("--all") { Description = "All of them" };
        var command = new DocumentedCommand("history", "Print the messages of a conversation, or list the conversations", Details) { id, limit, all };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var (size, whole) = (parsed.GetValue(limit), parsed.GetValue(all));
            if (parsed.GetValue(id) is { } conversation)
            {
                await PrintAsync(context, await MessagesAsync(context, conversation, size, whole, cancellationToken));
            }
            else
            {
                await PrintAsync(context, await ConversationsAsync(context, size, whole, cancellationToken));
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<MessageList> MessagesAsync(CommandContext context, string conversation, int? size, bool all, CancellationToken cancellationToken)
    {
        var page = await context.Client.Messages.HistoryAsync(conversation, null, size, cancellationToken);
        while (all && page.Before is not null)
        {
            var older = await context.Client.Messages.HistoryAsync(conversation, page.Before, PageLimit.Max, cancellationToken);
            page = new MessageList([.. older.Messages, .. page.Messages], older.Before);
        }

        return page;
    }

    private static async Task<ConversationList> ConversationsAsync(CommandContext context, int? size, bool all, CancellationToken cancellationToken)
    {
        var page = await context.Client.Conversations.ListAsync(null, size, cancellationToken);
        while (all && page.Next is not null)
        {
            var older = await context.Client.Conversations.ListAsync(page.Next, PageLimit.Max, cancellationToken);
            page = new ConversationList([.. page.Conversations, .. older.Conversations], older.Next);
        }

        return page;
    }

    private static async Task PrintAsync(CommandContext context, MessageList page)
    {
        if (context.Json)
        {
            await context.Console.Out.WriteLineAsync(CliJson.Line(page, WireJson.Context.MessageList));
            return;
        }

        if (page.Before is not null)
        {
            context.Progress.Say("There are older messages; --all prints them.");
        }

        foreach (var message in page.Messages)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(message.Timestamp);
            var by = message.Source is { } source ? $"{message.Role} ({source})" : message.Role;
            await context.Console.Out.WriteLineAsync($"{Time(at)}  {by}: {message.Text}");
        }
    }

    private static async Task PrintAsync(CommandContext context, ConversationList page)
    {
        if (context.Json)
        {
            await context.Console.Out.WriteLineAsync(CliJson.Line(page, WireJson.Context.ConversationList));
            return;
        }

        await TextTable.WriteAsync(context.Console.Out, ["ID", "CHANGED (UTC)", "MODE", "TITLE"], [.. page.Conversations.Select(c => new[]
        {
            c.Id, Time(c.UpdatedAt), c.DefaultMode is { } mode ? ProcessingText.Wire(mode) : "-", c.Title,
        })]);
        if (page.Next is not null)
        {
            context.Progress.Say("There are more; --all prints them.");
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
