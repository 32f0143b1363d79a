namespace Vivace.Cli.Tests.Drivers;

/// <summary>A request, and what is answered to it.</summary>
internal sealed record Exchange(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Asked, int Status, string Answer)
{
    /// <summary>Whether a message was posted that asks for this in its processing.</summary>
    public bool Says(string processing) => Method == "POST" && Asked.Contains(processing, StringComparison.Ordinal);

    /// <summary>The same with another text in the answer.</summary>
    public Exchange With(string old, string @new) => this with { Answer = Answer.Replace(old, @new, StringComparison.Ordinal) };
}
