using System.Runtime.CompilerServices;
using Amqp.Listener;

namespace Vivace.ServiceBus.Wire;

/// <summary>What AMQPNetLite 2.5.5 does not offer; the version is pinned because of this file.</summary>
internal static class AmqpInternals
{
    #region Listener

    /// <summary>
    /// The credit that the library counts for a link that sends. It forgets all of it when a flow repeats the limit, as a
    /// drain does.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "credit")]
    public static extern ref uint Credit(ListenerLink link);

    /// <summary>Endpoints hear of every flow, callbacks only of those that change the credit.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "InitializeLinkEndpoint")]
    public static extern void Initialize(ListenerLink link, LinkEndpoint endpoint, uint credit);

    #endregion
}
