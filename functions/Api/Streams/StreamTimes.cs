using Vivace.Api.Settings;

namespace Vivace.Api.Streams;

/// <summary>When a reader hears of nothing new, and how long one response lasts.</summary>
internal sealed record StreamTimes(TimeSpan Heartbeat, TimeSpan Connection)
{
    public static StreamTimes Of(StreamsSettings settings) => new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(settings.ConnectionSeconds));
}
