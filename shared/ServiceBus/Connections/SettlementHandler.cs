using Amqp.Handler;
using Vivace.ServiceBus.Receiving;
using EventId = Amqp.Handler.EventId;

namespace Vivace.ServiceBus.Connections;

/// <summary>Brings the broker's answers to settlements to the link that asked.</summary>
internal sealed class SettlementHandler : IHandler
{
    public bool CanHandle(EventId id) => id == EventId.DeliveryStateChanged;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent is { Link: ReceivingLink link, Context: IDelivery delivery })
        {
            link.OnAnswer(delivery);
        }
    }
}
