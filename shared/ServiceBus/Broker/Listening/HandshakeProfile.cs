using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>
/// Lets anybody in, as Service Bus does: what a peer may do is decided on <c>$cbs</c>. One instance serves all connections.
/// </summary>
internal sealed class HandshakeProfile(string mechanism, OpenConnections connections) : SaslProfile(mechanism)
{
    protected override ITransport UpgradeTransport(ITransport transport) => new HandshakeTransport((IAsyncTransport)transport, connections);

    protected override DescribedList GetStartCommand(string hostname) => throw new NotSupportedException("The broker never begins.");

    protected override DescribedList OnCommand(DescribedList command)
        => command is SaslInit ? new SaslOutcome { Code = SaslCode.Ok } : throw new AmqpException(ErrorCode.NotAllowed, "Only an init is expected.");
}
