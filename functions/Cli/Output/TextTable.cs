namespace Vivace.Cli.Output;

/// <summary>Columns as wide as their widest cell, two spaces apart; the last one as it is.</summary>
internal static class TextTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = head.Select((title, column) => rows.Select(r => r[column].Length).Append(title.Length).Max()).ToArray();
        return rows.Prepend(head).Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    public static async Task WriteAsync(TextWriter to, IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        foreach (var line in Lines(head, rows))
        {
            await to.WriteLineAsync(line);
        }
    }
}
