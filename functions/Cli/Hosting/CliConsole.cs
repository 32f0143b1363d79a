namespace Vivace.Cli.Hosting;

/// <summary>All that the program sees of its surroundings.</summary>
/// <param name="In">What is typed or piped in.</param>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="Variable">An environment variable, or null.</param>
internal sealed record CliConsole(TextReader In, TextWriter Out, TextWriter Error, Func<string, string?> Variable)
{
    /// <summary>Whether a person types the input.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Whether a person reads progress, so that a line may be rewritten.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether a person reads results, so that a page may be redrawn.</summary>
    public bool OutIsTerminal { get; init; }

    public static CliConsole OfProcess() => new(Console.In, Console.Out, Console.Error, Environment.GetEnvironmentVariable)
    {
        InIsTerminal = !Console.IsInputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
    };
}
