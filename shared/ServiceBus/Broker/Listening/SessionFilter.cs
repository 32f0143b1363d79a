using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>The session that a receiver asks for.</summary>
/// <param name="IsPresent">Whether it asks for one at all.</param>
/// <param name="Id">Null: the next one with messages.</param>
internal readonly record struct SessionFilter(bool IsPresent, string? Id)
{
    private static readonly Symbol Name = new(AmqpNames.SessionFilter);

    public static SessionFilter Of(Source source)
        => source.FilterSet is { } filters && filters.TryGetValue(Name, out var value)
            ? new SessionFilter(true, (value is DescribedValue described ? described.Value : value) as string)
            : default;

    /// <summary>Tells the peer which session it has.</summary>
    public static void Answer(Attach attach, string sessionId, DateTimeOffset lockedUntil)
    {
        var source = (Source)attach.Source;
        source.FilterSet[Name] = sessionId;
        attach.Properties ??= new Fields();
        attach.Properties[new Symbol(AmqpNames.LockedUntilProperty)] = lockedUntil.UtcTicks;
    }

    public static TimeSpan Wait(Attach attach, TimeSpan otherwise)
        => attach.Properties is { } properties && properties.TryGetValue(new Symbol(AmqpNames.TimeoutProperty), out var value) && value is uint milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : otherwise;
}
