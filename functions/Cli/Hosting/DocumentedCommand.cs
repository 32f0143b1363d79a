using System.CommandLine;

namespace Vivace.Cli.Hosting;

/// <summary>A command with a sentence for the list of commands and a text for its own help.</summary>
/// <param name="details">Examples, JSON form and exit codes, as lines.</param>
internal sealed class DocumentedCommand(string name, string summary, string details) : Command(name, summary)
{
    public string Details { get; } = details;
}
