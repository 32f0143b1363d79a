using Amqp;
using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Broker.Listening;

internal sealed class ManagementNode(MessageQueue queue, string? deadLetterSource) : IRequestNode
{
    public void Handle(BrokerConnection connection, Message request, Action<Message> answer) => throw new NotSupportedException(queue.Name + deadLetterSource);
}
