using System.Globalization;
using System.Text.Json;

namespace Vivace.Cli.Rollout.History;

/// <summary>An entry of the audit log as a row for people; read as plain JSON, so that entries of a newer server show too.</summary>
internal static class AuditRow
{
    public static string[] Head { get; } = ["ENTRY", "AT (UTC)", "WHAT", "BY", "THEN", "STEP", "PERCENT", "VERDICT", "REASON"];

    public static string[] Of(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return ["?", "-", "not readable", "-", "-", "-", "-", "-", "-"];
        }
    }

    private static string[] Of(JsonElement entry)
    {
        var (record, inputs, after) = (Member(entry, "record"), Member(entry, "record", "inputs"), Member(entry, "record", "after"));
        return
        [
            Text(entry, "sequence"), At(inputs), Text(inputs, "kind"), Text(inputs, "actor"), Text(after, "state"),
            Step(after), Text(after, "percent"), Text(record, "verdict"), Text(after, "reason"),
        ];
    }

    private static string At(JsonElement? inputs)
        => Member(inputs, "at") is { ValueKind: JsonValueKind.String } at && at.TryGetDateTimeOffset(out var time) ? RolloutText.Time(time) : "-";

    private static string Step(JsonElement? after)
        => Member(after, "step") is { ValueKind: JsonValueKind.Number } step && step.TryGetInt32(out var index) ? (index + 1).ToString(CultureInfo.InvariantCulture) : "-";

    private static string Text(JsonElement? of, string member) => Member(of, member) switch
    {
        { ValueKind: JsonValueKind.String } text => RolloutText.Plain(text.GetString()!),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => "-",
    };

    private static JsonElement? Member(JsonElement? of, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            of = of is { ValueKind: JsonValueKind.Object } at && at.TryGetProperty(name, out var member) ? member : null;
        }

        return of;
    }
}
