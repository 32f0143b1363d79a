using Amqp;
using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Stands for a delivery in the library's books; its bytes are sent beside it.</summary>
internal sealed class DeliveryMessage(Delivery delivery) : Message
{
    public Delivery Of => delivery;
}
