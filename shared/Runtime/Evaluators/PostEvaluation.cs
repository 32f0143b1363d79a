using System.Text.Json;

namespace Vivace.Runtime.Evaluators;

/// <summary>What a post-evaluator found.</summary>
/// <param name="Result">A JSON object, shown with the turn.</param>
/// <param name="Facts">Facts to remember for the room, applied once.</param>
public sealed record PostEvaluation(JsonElement Result, IReadOnlyList<string>? Facts = null)
{
    /// <summary>Makes a result with one writer call per member.</summary>
    public static PostEvaluation Of(Action<Utf8JsonWriter> writeMembers, IReadOnlyList<string>? facts = null)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(content.ToArray());
        return new PostEvaluation(document.RootElement.Clone(), facts);
    }
}
