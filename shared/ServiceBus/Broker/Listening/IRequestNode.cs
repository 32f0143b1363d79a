using Amqp;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>A node that answers requests.</summary>
internal interface IRequestNode
{
    /// <param name="answer">Called once, on whatever thread the answer is known.</param>
    void Handle(BrokerConnection connection, Message request, Action<Message> answer);
}
