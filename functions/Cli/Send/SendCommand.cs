using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Cli.Turns;
using Vivace.Contracts.Messages;

namespace Vivace.Cli.Send;

/// <summary><c>vivace send TEXT</c></summary>
internal static class SendCommand
{
    private const string Details = """
        Examples:
          vivace send "Hello"                                      in a new conversation, its id on standard error
          vivace send "And now?" --conversation 01a2… --mode fast  go on with it; this one message fast
          vivace send "Tell me more" --stream                      print the reply as it is generated
          echo "Sum this up: …" | vivace send -                    the text from standard input

        With --json: {"conversationId", "reply": {text, turnId, processing, …}}; with --stream as well, a line
        {"type":"conversation"} and then every event of the stream, one object a line. Ctrl-C cancels the turn.
        """;

    public static Command Create(CommandRunner runner)
    {
        var text = new Argument<string>("text") { Description = "What to say, 1 to 16384 characters; - reads standard input" };
        var stream = new Option<bool>("--stream") { Description = "Print the reply as it is generated" };
        var options = new MessageOptions();
        var command = new DocumentedCommand("send", "Say something and print the reply", Details) { text, stream };
        options.AddTo(command);
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var said = parsed.GetRequiredValue(text);
            var message = options.Message(parsed, said == "-" ? await context.Console.In.ReadToEndAsync(cancellationToken) : said);
            var given = parsed.GetValue(options.Conversation);
            var conversation = given ?? (await context.Client.Conversations.CreateAsync(cancellationToken: cancellationToken)).Id;
            return parsed.GetValue(stream)
                ? await StreamAsync(context, conversation, message, cancellationToken)
                : await SendAsync(context, conversation, message, cancellationToken);
        });
        return command;
    }

    private static async Task<int> StreamAsync(CommandContext context, string conversation, SendMessageRequest message, CancellationToken cancellationToken)
    {
        var printer = new TurnPrinter(context);
        await printer.BeginAsync(conversation);
        return await printer.StreamAsync(conversation, message, cancellationToken) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>Without an idempotency key: closing the connection cancels the turn, so that Ctrl-C does.</summary>
    private static async Task<int> SendAsync(CommandContext context, string conversation, SendMessageRequest message, CancellationToken cancellationToken)
    {
        context.Progress.Show("…");
        try
        {
            var reply = (await context.Client.Messages.SendAsync(conversation, message, cancellationToken: cancellationToken)).Reply;
            context.Progress.Clear();
            await context.Console.Out.WriteLineAsync(
                context.Json ? CliJson.Line(new SendOutput(conversation, reply), CliJson.Context.SendOutput) : reply.Text);
            var how = reply.Blocked ? "Blocked · " : reply.Responded ? "" : "No response · ";
            context.Progress.Say($"{how}{ProcessingText.Of(reply.Processing)} · turn {reply.TurnId} · conversation {conversation}");
            return ExitCodes.Ok;
        }
        finally
        {
            context.Progress.Clear();
        }
    }
}
