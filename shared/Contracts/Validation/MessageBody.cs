using System.Text.Json;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Validation;

/// <summary>Parses the body of a message post.</summary>
public static class MessageBody
{
    /// <summary>The request, or every fault of the body at once. Unknown members are ignored.</summary>
    public static Parsed<SendMessageRequest> Parse(ReadOnlyMemory<byte> utf8) => BodyReader.Read(utf8, Read);

    private static SendMessageRequest? Read(BodyReader reader, JsonElement body)
    {
        var limits = RequestLimits.Current;
        reader.CountUnknown(body, "text", "processing", "channelType", "clientMessageId");
        var text = reader.Text(body, "", "text", limits.TextLength, mayBeBlank: false);
        if (text is null && !BodyReader.Has(body, "text", out _))
        {
            reader.Fault("/text", "text is required");
        }

        var processing = ReadProcessing(reader, body, limits);
        var channelType = ReadChannelType(reader, body);
        var clientMessageId = reader.Text(body, "", "clientMessageId", limits.KeyLength, mayBeBlank: false);
        return text is null ? null : new SendMessageRequest
        {
            Text = text,
            Processing = processing,
            ChannelType = channelType,
            ClientMessageId = clientMessageId,
        };
    }

    private static ProcessingRequest? ReadProcessing(BodyReader reader, JsonElement body, RequestLimits limits)
    {
        if (!BodyReader.Has(body, "processing", out var member))
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Object)
        {
            reader.Fault("/processing", "processing must be an object");
            return null;
        }

        reader.CountUnknown(member, "mode", "profile", "reason");
        var mode = reader.Mode(member, "/processing", "mode");
        var profile = reader.Text(member, "/processing", "profile", int.MaxValue);
        if (profile is not null && !ProfileName.IsValid(profile))
        {
            reader.Fault("/processing/profile", "processing.profile must match [a-z0-9][a-z0-9-]{0,63}");
        }

        var reason = reader.Text(member, "/processing", "reason", limits.ReasonLength);
        return mode is null && profile is null && reason is null
            ? null
            : new ProcessingRequest { Mode = mode, Profile = profile, Reason = reason };
    }

    private static ChannelType ReadChannelType(BodyReader reader, JsonElement body)
    {
        if (!BodyReader.Has(body, "channelType", out var member))
        {
            return ChannelType.Dm;
        }

        ChannelType? known = BodyReader.TextOrNull(member) switch
        {
            "DM" => ChannelType.Dm,
            "GROUP" => ChannelType.Group,
            "VOICE_DM" => ChannelType.VoiceDm,
            "VOICE_GROUP" => ChannelType.VoiceGroup,
            "API" => ChannelType.Api,
            _ => null,
        };
        if (known is null)
        {
            reader.Fault("/channelType", "channelType must be DM, GROUP, VOICE_DM, VOICE_GROUP or API");
        }

        return known ?? ChannelType.Dm;
    }
}
