using System.Text.Json.Serialization;

namespace Vivace.Contracts.Messages;

/// <summary>Where a message was said. The server never infers a mode from it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelType>))]
public enum ChannelType
{
    /// <summary>Direct message: the agent always responds.</summary>
    [JsonStringEnumMemberName("DM")]
    Dm,

    /// <summary>Group: the agent responds when mentioned, else the should-respond model decides.</summary>
    [JsonStringEnumMemberName("GROUP")]
    Group,

    /// <summary>Voice call with one person.</summary>
    [JsonStringEnumMemberName("VOICE_DM")]
    VoiceDm,

    /// <summary>Voice call with several people.</summary>
    [JsonStringEnumMemberName("VOICE_GROUP")]
    VoiceGroup,

    /// <summary>A program: the agent always responds.</summary>
    [JsonStringEnumMemberName("API")]
    Api,
}
