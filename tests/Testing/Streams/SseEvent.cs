using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vivace.Testing.Http;

namespace Vivace.Testing.Streams;

/// <summary>One event of a stream: its id in its three parts, and its data.</summary>
public sealed partial record SseEvent(string Id, int Attempt, int Sequence, int Offset, JsonElement Data)
{
    public string? Type => Data.At("type");

    public string? Text => Data.At("text");

    public bool IsTerminal => Type is "done" or "error" or "cancelled" or "interrupted";

    public string? this[string path] => Data.At(path);

    /// <exception cref="FormatException">The id is not of the form attempt-sequence-offset.</exception>
    public static SseEvent Parse(string id, string data)
    {
        var parts = IdForm().Match(id);
        if (!parts.Success)
        {
            throw new FormatException($"The id \"{id}\" is not attempt-sequence-offset.");
        }

        using var document = JsonDocument.Parse(data);
        return new SseEvent(id, Number(parts, 1), Number(parts, 2), Number(parts, 3), document.RootElement.Clone());
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(0|[1-9]\d*)-(0|[1-9]\d*)-(0|[1-9]\d*)\z")]
    private static partial Regex IdForm();
}
