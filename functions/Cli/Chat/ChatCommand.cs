using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Cli.Turns;
using Vivace.Client.Problems;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Chat;

/// <summary><c>vivace chat</c></summary>
internal static class ChatCommand
{
    private const string Details = """
        Every line of standard input is a message, and its reply is printed as it is generated. A line that begins with "/fast " or "/default " asks for that mode for itself alone; /quit or the end of the input
        ends. With --json: {"type":"conversation"}, then every event of every stream, one object a line. A message that is
        refused or fails does not end the chat; the exit code is 1 when one was. Ctrl-C cancels the turn and ends.
        """;

    public static Command Create(CommandRunner runner)
    {
        var options = new MessageOptions();
        var command = new DocumentedCommand("chat", "Talk: every line of standard input is a message", Details);
        options.AddTo(command);
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var conversation = parsed.GetValue(options.Conversation) is { } given
                ? (await context.Client.Conversations.GetAsync(given, cancellationToken)).Id
                : (await context.Client.Conversations.CreateAsync(cancellationToken: cancellationToken)).Id;
            var printer = new TurnPrinter(context);
            await printer.BeginAsync(conversation);
            var code = ExitCodes.Ok;
            while (await ReadAsync(context, cancellationToken) is { } line)
            {
                var (mode, text) = Parse(line);
                if (text.Length > 0 && !await SayAsync(context, () => printer.StreamAsync(conversation, options.Message(parsed, text, mode), cancellationToken)))
                {
                    code = ExitCodes.Failed;
                }
            }

            return code;
        });
        return command;
    }

    /// <summary>The next line; null at the end. A console's reader waits in the call itself, so it is given a thread.</summary>
    private static async Task<string?> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Console.InIsTerminal)
        {
            context.Progress.Show("> ");
        }

        var line = await Task.Run(context.Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        return line?.Trim() is "/quit" ? null : line;
    }

    private static (ProcessingMode? Mode, string Text) Parse(string line) => line.Trim() switch
    {
        ['/', 'f', 'a', 's', 't', ' ', .. var rest] => (ProcessingMode.Fast, rest.Trim()),
        ['/', 'd', 'e', 'f', 'a', 'u', 'l', 't', ' ', .. var rest] => (ProcessingMode.Default, rest.Trim()),
        var text => (null, text),
    };

    private static async Task<bool> SayAsync(CommandContext context, Func<Task<bool>> say)
    {
        try
        {
            return await say();
        }
        catch (VivaceProblemException e)
        {
            context.Progress.Clear();
            await new FailureWriter(context.Console, context.Json).WriteAsync(e);
            return false;
        }
    }
}
