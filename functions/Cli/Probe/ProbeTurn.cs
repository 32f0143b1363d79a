using System.Buffers;
using System.Text.Json;
using Vivace.Contracts;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe;

/// <summary>One message that the probe sends, and how it asks to be processed.</summary>
/// <param name="Name">What it tries, for the report.</param>
/// <param name="Text">What it says.</param>
internal sealed record ProbeTurn(string Name, string Text)
{
    /// <summary>Marks every turn of a probe, beside the header.</summary>
    public const string Reason = "probe";

    public ProcessingMode? Mode { get; init; }

    public string? Profile { get; init; }

    public ChannelType Channel { get; init; }

    public bool Streamed { get; init; }

    /// <summary>Sends members that no version of the contract knows; they are to be ignored.</summary>
    public bool HasUnknownMembers { get; init; }

    /// <summary>A mode that is none, in place of <see cref="Mode"/>: to be refused, and nothing stored.</summary>
    public string? InvalidMode { get; init; }

    public ReadOnlyMemory<byte> ToBody()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireJson.Context.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("text", Text);
            json.WriteString("channelType", Channel == ChannelType.Group ? "GROUP" : "DM");
            json.WriteStartObject("processing");
            WriteProcessing(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private void WriteProcessing(Utf8JsonWriter json)
    {
        if ((InvalidMode ?? (Mode is { } mode ? Output.ProcessingText.Wire(mode) : null)) is { } asked)
        {
            json.WriteString("mode", asked);
        }

        if (Profile is not null)
        {
            json.WriteString("profile", Profile);
        }

        json.WriteString("reason", Reason);
        if (HasUnknownMembers)
        {
            json.WriteString("speed", "fast");
            json.WriteStartObject("probe");
            json.WriteBoolean("mode", true);
            json.WriteEndObject();
        }
    }
}
