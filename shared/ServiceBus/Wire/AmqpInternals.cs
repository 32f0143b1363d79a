using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Listener;

namespace Vivace.ServiceBus.Wire;

/// <summary>
/// The only use of what AMQPNetLite keeps to itself; its version is pinned exactly. Its receiver settles in one step, so
/// that a lost lock would go unnoticed: here a disposition is sent unsettled, and the broker's answer settles it.
/// </summary>
internal static class AmqpInternals
{
    private const string DeliveryType = "Amqp.Delivery, Amqp.Net";

    /// <summary>Sends an outcome and leaves the delivery unsettled; the answer is raised as a change of its state.</summary>
    public static void SendOutcome(ReceiverLink link, Message message, DeliveryState outcome)
        => DisposeDelivery(link.Session, role: true, GetDelivery(message), outcome, settled: false);

    /// <summary>Whether the library is the one that this was written for.</summary>
    /// <exception cref="MissingMemberException">It is not.</exception>
    public static void Verify()
    {
        if (GetDelivery(new Message()) is not null)
        {
            throw new MissingMemberException("AMQPNetLite is not of the version that this was written for.");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Delivery")]
    [return: UnsafeAccessorType(DeliveryType)]
    private static extern object? GetDelivery(Message message);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "DisposeDelivery")]
    private static extern void DisposeDelivery(
        Session session, bool role, [UnsafeAccessorType(DeliveryType)] object? delivery, DeliveryState state, bool settled);

    /// <summary>
    /// The credit that the library counts for a link that sends. It forgets all of it when a flow repeats the limit, as a
    /// drain does.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "credit")]
    public static extern ref uint Credit(ListenerLink link);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "linkEndpoint")]
    public static extern ref LinkEndpoint? Endpoint(ListenerLink link);

    /// <summary>
    /// Forgets what was handed to a link's session and not sent yet: once the link is detached, a peer takes a transfer on it
    /// for an error of the whole connection.
    /// </summary>
    public static void ForgetDeliveries(ListenerLink link) => _ = RemoveDeliveries(link.Session, link);

    /// <summary>
    /// Keeps the library from making up an outcome. When a connection ends with an error it would tell a rejection of whatever
    /// is unsettled, as though the peer had said so, and messages would become dead letters by it.
    /// </summary>
    public static void LeaveOutcomeToPeer(IDelivery delivery) => OnOutcome(delivery) = null;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "OnOutcome")]
    private static extern ref OutcomeCallback? OnOutcome([UnsafeAccessorType(DeliveryType)] object delivery);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RemoveDeliveries")]
    [return: UnsafeAccessorType(DeliveryType)]
    private static extern object? RemoveDeliveries(Session session, Link link);

    /// <summary>Endpoints hear of every flow, callbacks only of those that change the credit.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "InitializeLinkEndpoint")]
    public static extern void Initialize(ListenerLink link, LinkEndpoint endpoint, uint credit);
}
