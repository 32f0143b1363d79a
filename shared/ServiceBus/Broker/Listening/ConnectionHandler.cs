using Amqp.Handler;
using Vivace.ServiceBus.Wire;
using EventId = Amqp.Handler.EventId;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Gives deliveries their lock token as tag, and hears of detaching before the library does.</summary>
internal sealed class ConnectionHandler : IHandler
{
    public bool CanHandle(EventId id) => id is EventId.SendDelivery or EventId.LinkRemoteClose;

    public void Handle(Event protocolEvent)
    {
        switch (protocolEvent.Id)
        {
            case EventId.SendDelivery when protocolEvent.Context is IDelivery { Message: DeliveryMessage message } delivery:
                delivery.Tag = message.Of.LockToken.ToByteArray();
                delivery.Batchable = true;
                AmqpInternals.LeaveOutcomeToPeer(delivery);
                break;
            case EventId.LinkRemoteClose when protocolEvent.Link is Amqp.Listener.ListenerLink link:
                // A detach of a link whose attach was never answered would be an error of the connection.
                BrokerConnection.Of(link).Waiting(link)?.Cancel();

                // The library answers the detach after this: nothing may be sent on the link behind that answer.
                (AmqpInternals.Endpoint(link) as ReceiverEndpoint)?.EndDeliveries();
                break;
        }
    }
}
