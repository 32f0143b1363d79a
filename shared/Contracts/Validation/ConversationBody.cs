using System.Text.Json;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Conversations;

namespace Vivace.Contracts.Validation;

/// <summary>Parses the bodies that create and change conversations.</summary>
public static class ConversationBody
{
    /// <summary>The request to create one; an empty body asks for all defaults.</summary>
    public static Parsed<CreateConversationRequest> ParseCreate(ReadOnlyMemory<byte> utf8)
        => utf8.IsEmpty ? new(new CreateConversationRequest(), []) : BodyReader.Read(utf8, ReadCreate);

    /// <summary>The merge patch to apply.</summary>
    public static Parsed<UpdateConversationRequest> ParseUpdate(ReadOnlyMemory<byte> utf8) => BodyReader.Read(utf8, ReadUpdate);

    private static CreateConversationRequest ReadCreate(BodyReader reader, JsonElement body) => new()
    {
        Title = reader.Text(body, "", "title", RequestLimits.Current.TitleLength),
        DefaultMode = reader.Mode(body, "", "defaultMode"),
    };

    private static UpdateConversationRequest ReadUpdate(BodyReader reader, JsonElement body)
    {
        RefuseNull(reader, body, "title");
        RefuseNull(reader, body, "muted");
        bool? muted = null;
        if (BodyReader.Has(body, "muted", out var member))
        {
            muted = member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean() : null;
            if (muted is null)
            {
                reader.Fault("/muted", "muted must be true or false");
            }
        }

        return new UpdateConversationRequest
        {
            Title = reader.Text(body, "", "title", RequestLimits.Current.TitleLength),
            ChangesDefaultMode = body.TryGetProperty("defaultMode", out _),
            DefaultMode = reader.Mode(body, "", "defaultMode"),
            Muted = muted,
        };
    }

    /// <summary>RFC 7396 would remove the member, and a conversation is never without it.</summary>
    private static void RefuseNull(BodyReader reader, JsonElement body, string name)
    {
        if (body.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null)
        {
            reader.Fault($"/{name}", $"{name} cannot be null; leave it out to keep what it is");
        }
    }
}
