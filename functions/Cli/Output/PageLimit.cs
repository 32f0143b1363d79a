using System.CommandLine;
using Vivace.Cli.Hosting;

namespace Vivace.Cli.Output;

/// <summary><c>--limit</c> of commands that print a page.</summary>
internal static class PageLimit
{
    /// <summary>The most that the server gives at once.</summary>
    public const int Max = 200;

    public static Option<int?> Option(string description)
    {
        var read = WholeNumber.Between("--limit", 1, Max);
        return new Option<int?>("--limit") { HelpName = "n", Description = $"{description}; at most {Max}", CustomParser = result => read(result) };
    }
}
