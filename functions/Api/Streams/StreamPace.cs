using Vivace.Api.Settings;

namespace Vivace.Api.Streams;

/// <summary>How text is gathered into chunks.</summary>
/// <param name="First">How long after the first chunk.</param>
/// <param name="Most">How long at most, reached by doubling.</param>
internal sealed record StreamPace(TimeSpan First, TimeSpan Most)
{
    private const int MostWithNamespace = 500;

    /// <summary>How long a chunk may take to be sent before it is left to the turn's row.</summary>
    public TimeSpan SendLimit { get; } = TimeSpan.FromSeconds(5);

    public TimeSpan After(TimeSpan gathered) => gathered * 2 < Most ? gathered * 2 : Most;

    /// <summary>A Service Bus namespace counts operations; the embedded broker does not.</summary>
    public static StreamPace Of(StreamsSettings settings, ServiceBusSettings bus)
    {
        var first = settings.CoalesceMilliseconds;
        var most = settings.MaxCoalesceMilliseconds ?? (bus.IsEmbedded ? first : MostWithNamespace);
        return new StreamPace(TimeSpan.FromMilliseconds(first), TimeSpan.FromMilliseconds(Math.Max(first, most)));
    }
}
