namespace Vivace.Runtime.Tests.Processing;

/// <summary>The published tables, read from the document that users read.</summary>
internal static class TruthTable
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "processing-truth-table.md"));

    public static IReadOnlyList<string[]> Decisions { get; } = Read("| message mode |");

    public static IReadOnlyList<string[]> Forms { get; } = Read("| `processing` |");

    private static List<string[]> Read(string header)
        => [.. Lines.SkipWhile(l => !l.StartsWith(header, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];
}
