using System.Buffers;
using System.Text.Json;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Processing;

namespace Vivace.Client.Conversations;

/// <summary>Writes a JSON merge patch (RFC 7396), in which null is not the same as absent.</summary>
internal static class ConversationPatch
{
    public static ReadOnlyMemory<byte> Write(UpdateConversationRequest change)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (change.Title is not null)
            {
                json.WriteString("title", change.Title);
            }

            if (change.ChangesDefaultMode)
            {
                json.WriteString("defaultMode", change.DefaultMode switch
                {
                    null => null,
                    ProcessingMode.Fast => "fast",
                    _ => "default",
                });
            }

            if (change.Muted is { } muted)
            {
                json.WriteBoolean("muted", muted);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
