using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Vivace.Bench.Reporting;

/// <summary>The table that people read, and the same figures for programs.</summary>
internal sealed record Report(Machine Machine, string Command, DateTimeOffset At, IReadOnlyList<Measure> Measures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Machine.Processor}, {Machine.Cores} cores, {Machine.MemoryGib} GiB, Linux {Machine.Kernel}, {Machine.Runtime}. Command: `{Command}`.");
        text.AppendLine();
        text.AppendLine("| measure | Vivace | beside it | ratio | goal | met? |");
        text.AppendLine("|---|--:|--:|--:|---|---|");
        foreach (var m in Measures)
        {
            var met = m.Goal is null ? "" : m.Goal.Met ? "yes" : "**no**";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {m.Name} | {Show(m.Vivace)} {m.Unit} | {m.BesideName} {Show(m.Beside)} {m.Unit} | {m.Ratio:0.00} | {m.Goal?.Text} | {met} |");
        }

        return text.ToString();
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(this, Json));
    }

    private static string Show(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.0", CultureInfo.InvariantCulture);
}
