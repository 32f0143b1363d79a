using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vivace.Testing.Http;

/// <summary>What somebody says in a conversation.</summary>
/// <param name="Text">The text.</param>
/// <param name="Processing">The JSON of <c>processing</c>; null leaves it out.</param>
/// <param name="Channel">The <c>channelType</c>.</param>
/// <param name="ClientMessageId">The client's own id.</param>
public sealed record Said(string Text, string? Processing = null, string? Channel = null, string? ClientMessageId = null)
{
    /// <summary>Asks for fast mode.</summary>
    public const string Fast = """{"mode":"fast"}""";

    /// <summary>Asks for default mode.</summary>
    public const string Default = """{"mode":"default"}""";

    public string ToJson()
    {
        var body = new JsonObject { ["text"] = Text };
        Add("processing", Processing is null ? null : JsonNode.Parse(Processing));
        Add("channelType", Channel);
        Add("clientMessageId", ClientMessageId);
        return body.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }
    }
}
