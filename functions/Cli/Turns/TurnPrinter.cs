using System.Text;
using Vivace.Cli.Chat;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Client.Streams;
using Vivace.Contracts;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;

namespace Vivace.Cli.Turns;

/// <summary>Says something and prints the reply as it comes: text as it is, or one JSON object a line.</summary>
internal sealed class TurnPrinter(CommandContext context)
{
    /// <summary>Tells which conversation it is; a line of its own, so that it can be gone on with.</summary>
    public async Task BeginAsync(string conversationId)
    {
        if (context.Json)
        {
            await context.Console.Out.WriteLineAsync(CliJson.Line(new ConversationLine(conversationId), CliJson.Context.ConversationLine));
        }

        context.Progress.Say($"Conversation {conversationId}");
    }

    /// <summary>Whether the turn was done.</summary>
    public async Task<bool> StreamAsync(string conversationId, SendMessageRequest message, CancellationToken cancellationToken)
    {
        var events = CancellableTurn.ReadAsync(
            context, reading => context.Client.Messages.StreamAsync(conversationId, message, cancellationToken: reading), cancellationToken);
        var shown = new StringBuilder();
        TurnEnd? end = null;
        context.Progress.Show("…");
        await foreach (var next in events)
        {
            if (context.Json)
            {
                await context.Console.Out.WriteLineAsync(CliJson.Line(next.Wire, WireJson.Context.StreamEvent));
            }
            else if (next is TurnText { Text: var text })
            {
                await WriteAsync(text, shown);
            }

            end = next as TurnEnd;
        }

        context.Progress.Clear();
        if (!context.Json)
        {
            await EndAsync(end!, shown.ToString());
        }

        return end is { Status: TurnStatus.Done };
    }

    private async Task WriteAsync(string text, StringBuilder shown)
    {
        context.Progress.Clear();
        shown.Append(text);
        await context.Console.Out.WriteAsync(text);
        await context.Console.Out.FlushAsync(CancellationToken.None);
    }

    /// <summary>What was not streamed: a reply that was held back, or the replacement of one that was blocked.</summary>
    private async Task EndAsync(TurnEnd end, string shown)
    {
        if (end.FullText.StartsWith(shown, StringComparison.Ordinal))
        {
            await context.Console.Out.WriteLineAsync(end.FullText[shown.Length..]);
        }
        else
        {
            await context.Console.Out.WriteLineAsync($"{Environment.NewLine}{end.FullText}");
        }

        context.Progress.Say(TurnText(end));
    }

    private static string TurnText(TurnEnd end)
    {
        var how = end.Status switch
        {
            TurnStatus.Done => end switch { { Blocked: true } => "Blocked", { Responded: false } => "No response", _ => "Done" },
            TurnStatus.Failed => $"Failed ({end.Code}): {end.Message}",
            _ => end.Status.ToString(),
        };
        return $"{how} · {ProcessingText.Of(end.Processing)} · turn {end.TurnId}";
    }
}
