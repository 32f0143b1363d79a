using System.CommandLine;
using Vivace.Cli.Output;
using Vivace.Client;
using Vivace.Client.Problems;

namespace Vivace.Cli.Hosting;

/// <summary>The edge of every command: makes its context, and turns what it throws into a message and an exit code.</summary>
internal sealed class CommandRunner(CliConsole console, TimeProvider time)
{
    public ConnectionOptions Options { get; } = new(console);

    /// <summary>Lets a command run <paramref name="run"/>, which returns the exit code.</summary>
    public void Bind(Command command, Func<CommandContext, ParseResult, CancellationToken, Task<int>> run)
        => command.SetAction((parsed, cancellationToken) => RunAsync(parsed, run, cancellationToken));

    private async Task<int> RunAsync(
        ParseResult parsed, Func<CommandContext, ParseResult, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(Options.Json);
        var failure = new FailureWriter(console, json);
        CommandContext? context = null;
        try
        {
            context = Connect(parsed, json);
            return context is null
                ? await failure.WriteAsync(ExitCodes.Usage, "usage", "VIVACE_ENDPOINT is not an http or https address.")
                : await run(context, parsed, cancellationToken);
        }
        catch (VivaceProblemException e)
        {
            return await failure.WriteAsync(e);
        }
        catch (VivaceProtocolException e)
        {
            return await failure.WriteAsync(ExitCodes.Failed, "protocol", e.Message);
        }
        catch (VivaceUnreachableException e)
        {
            return await failure.WriteAsync(ExitCodes.Unreachable, "unreachable", e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await failure.WriteAsync(ExitCodes.Failed, "file", e.Message);
        }
        catch (ArgumentException e) when (context is null)
        {
            return await failure.WriteAsync(ExitCodes.Usage, "usage", e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await failure.WriteAsync(ExitCodes.Interrupted, "interrupted", "Interrupted.");
        }
        finally
        {
            context?.Dispose();
        }
    }

    private CommandContext? Connect(ParseResult parsed, bool json)
    {
        var options = new VivaceClientOptions { ApiKey = Options.KeyOf(parsed), User = Options.UserOf(parsed) };
        return Options.EndpointOf(parsed) is { } endpoint ? new CommandContext(endpoint, options, json, console, time) : null;
    }
}
