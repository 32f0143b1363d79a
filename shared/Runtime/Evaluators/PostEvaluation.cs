using System.Buffers;
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
        var content = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(content.WrittenSpan);
        return new PostEvaluation(JsonElement.ParseValue(ref reader), facts);
    }
}
