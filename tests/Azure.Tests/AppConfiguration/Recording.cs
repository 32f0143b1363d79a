using System.Text;

namespace Vivace.Azure.Tests.AppConfiguration;

/// <summary>One recorded request and its response.</summary>
internal sealed record Recording(string Name, string Method, string Target, ILookup<string, string> Headers, string Body, RecordedAnswer Answer)
{
    private const string Separator = "\n---\n";

    public static IReadOnlyList<Recording> All { get; } = [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "AppConfiguration"), "*.http")
        .Order(StringComparer.Ordinal)
        .Select(Read)];

    /// <summary>By its number, as the file's name begins with it.</summary>
    public static Recording Of(int number) => All.Single(r => r.Name.StartsWith($"{number:00}-", StringComparison.Ordinal));

    public string Header(string name) => Headers[name].Single();

    private static Recording Read(string file)
    {
        var text = File.ReadAllText(file, Encoding.UTF8);
        var split = text.IndexOf(Separator, StringComparison.Ordinal);
        var (first, headers, body) = Parse(text[..split]);
        var (status, answerHeaders, answerBody) = Parse(text[(split + Separator.Length)..]);
        var words = first.Split(' ');
        return new Recording(
            Path.GetFileNameWithoutExtension(file), words[0], words[1], headers, body,
            new RecordedAnswer(int.Parse(status.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answerHeaders, answerBody));
    }

    /// <summary>The first line, the headers, and the body without the line break that ends each part of a file.</summary>
    private static (string First, ILookup<string, string> Headers, string Body) Parse(string part)
    {
        var blank = part.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (blank < 0 ? part : part[..blank]).Split('\n');
        var headers = head.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(": ", 2)).ToLookup(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        return (head[0], headers, blank < 0 ? "" : part[(blank + 2)..].TrimEnd('\n'));
    }
}
