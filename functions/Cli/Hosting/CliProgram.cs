using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text;
using Vivace.Cli.Cancel;
using Vivace.Cli.Chat;
using Vivace.Cli.DeadLetters;
using Vivace.Cli.Drill;
using Vivace.Cli.History;
using Vivace.Cli.Output;
using Vivace.Cli.Probe;
using Vivace.Cli.Profiles;
using Vivace.Cli.Rollout;
using Vivace.Cli.Send;

namespace Vivace.Cli.Hosting;

/// <summary>The program: every command, one folder each.</summary>
internal static class CliProgram
{
    private const string About = """
        The command line of a Vivace conversation endpoint.

        Try it against the endpoint of this machine (dotnet run --project functions/Api):
          vivace send "What is 12*(3+4)?" --mode fast --stream
          vivace chat

        Results go to standard output, progress and errors to standard error; with --json every command prints JSON,
        streams one object a line, and errors as one object on standard error.

        Environment: VIVACE_ENDPOINT, VIVACE_API_KEY and VIVACE_USER stand in for --endpoint, --key and --user.

        Exit codes: 0 done; 1 the server refused, a turn failed or a check did not hold; 2 the command line is not valid;
        3 the endpoint cannot be reached; 130 Ctrl-C, which also cancels the turn on the server.
        """;

    /// <summary>Runs in this process's console; the first Ctrl-C asks it to stop, the second ends it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });
        return await RunAsync(args, CliConsole.OfProcess(), TimeProvider.System, stop.Token);
    }

    public static async Task<int> RunAsync(string[] args, CliConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var runner = new CommandRunner(console, time);
        var root = Root(runner);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
        {
            return await RefuseAsync(parsed, console, parsed.GetValue(runner.Options.Json));
        }

        var invocation = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        return args.Length == 0 ? ExitCodes.Usage : code;
    }

    private static RootCommand Root(CommandRunner runner)
    {
        var root = new RootCommand(About);
        DetailedHelpAction.AddTo(root);
        runner.Options.AddTo(root);
        root.Subcommands.Add(SendCommand.Create(runner));
        root.Subcommands.Add(ChatCommand.Create(runner));
        root.Subcommands.Add(HistoryCommand.Create(runner));
        root.Subcommands.Add(ProfilesCommand.Create(runner));
        root.Subcommands.Add(CancelCommand.Create(runner));
        root.Subcommands.Add(DeadLettersCommand.Create(runner));
        root.Subcommands.Add(ProbeCommand.Create(runner));
        root.Subcommands.Add(RolloutCommand.Create(runner));
        root.Subcommands.Add(DrillCommand.Create(runner));
        return root;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, CliConsole console, bool json)
    {
        var path = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as CommandResult)
        {
            path.Insert(0, at.Command is RootCommand ? "vivace" : at.Command.Name);
        }

        IEnumerable<string> lines = [.. parsed.Errors.Select(e => e.Message), $"See: {string.Join(' ', path)} --help"];
        return await new FailureWriter(console, json).WriteAsync(ExitCodes.Usage, "usage", string.Join(Environment.NewLine, lines));
    }
}
