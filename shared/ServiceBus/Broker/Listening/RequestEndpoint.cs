using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Takes requests of a node such as <c>$cbs</c> and sends the answers to the link that the request names.</summary>
internal sealed partial class RequestEndpoint(ListenerLink link, IRequestNode node, ILogger logger) : GuardedEndpoint(link, logger)
{
    public const uint Credit = 500;

    protected override void Receive(TransferMessage message)
    {
        Link.DisposeMessage(message, new Accepted(), settled: true);
        var request = message.ToRequest();
        node.Handle(BrokerConnection.Of(Link), request, answer => Guard(() => Answer(request, answer)));
    }

    private void Answer(Message request, Message answer)
    {
        if (BrokerConnection.Of(Link).Response(request.Properties?.ReplyTo ?? "") is not { } response)
        {
            Log.NoResponseLink(Logger);
            return;
        }

        answer.Properties = new Properties();
        answer.Properties.SetCorrelationId(request.Properties!.GetMessageId());
        response.SendMessage(answer);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A request came whose answer nobody takes")]
        public static partial void NoResponseLink(ILogger logger);
    }
}
