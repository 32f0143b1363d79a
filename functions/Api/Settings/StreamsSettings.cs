using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Streams</c>.</summary>
internal sealed class StreamsSettings
{
    /// <summary>Milliseconds over which text after the first chunk is gathered; doubled chunk by chunk up to the maximum.</summary>
    [Range(1, 10_000, ErrorMessage = "Streams:CoalesceMilliseconds must be 1 to 10000.")]
    public int CoalesceMilliseconds { get; set; } = 30;

    /// <summary>
    /// The most milliseconds; unset: 500 with a Service Bus namespace, which counts operations, and no doubling with the
    /// embedded broker, which does not.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Streams:MaxCoalesceMilliseconds must be 1 to 10000.")]
    public int? MaxCoalesceMilliseconds { get; set; }

    /// <summary>Seconds after which a response ends and the client resumes; front ends cut responses at about 230.</summary>
    [Range(1, 3600, ErrorMessage = "Streams:ConnectionSeconds must be 1 to 3600.")]
    public int ConnectionSeconds { get; set; } = 215;

    /// <summary>Queues over which chunks are spread, by hash of the turn id: <c>chunks-0</c>, ...; 1: <c>chunks</c> alone.</summary>
    [Range(1, 64, ErrorMessage = "Streams:Shards must be 1 to 64.")]
    public int Shards { get; set; } = 1;
}
