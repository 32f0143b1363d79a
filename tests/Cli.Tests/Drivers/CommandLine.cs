using Vivace.Cli.Hosting;
using Vivace.Testing.Hosting;

namespace Vivace.Cli.Tests.Drivers;

/// <summary>The command line in this process, with surroundings of its own.</summary>
internal sealed record CommandLine
{
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string Input { get; init; } = "";

    /// <summary>Takes the place of <see cref="Input"/>.</summary>
    public TextReader? Reader { get; init; }

    public bool OnTerminal { get; init; }

    public static CommandLine For(VivaceHost host) => For(host.Address);

    public static CommandLine For(Uri endpoint) => new() { Variables = new Dictionary<string, string> { ["VIVACE_ENDPOINT"] = endpoint.AbsoluteUri } };

    public Task<CliResult> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    /// <param name="interrupt">What Ctrl-C cancels.</param>
    public async Task<CliResult> RunAsync(CancellationToken interrupt, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = new CliConsole(Reader ?? new StringReader(Input), TextWriter.Synchronized(output), TextWriter.Synchronized(errors), Variables.GetValueOrDefault)
        {
            InIsTerminal = OnTerminal,
            ErrorIsTerminal = OnTerminal,
            OutIsTerminal = OnTerminal,
        };
        var code = await CliProgram.RunAsync(arguments, console, TimeProvider.System, interrupt);
        return new CliResult(code, output.ToString(), errors.ToString());
    }
}
