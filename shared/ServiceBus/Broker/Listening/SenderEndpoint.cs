using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Takes what a peer sends to a queue.</summary>
internal sealed class SenderEndpoint(ListenerLink link, MessageQueue queue, UniqueIds ids, FaultPlan faults, ILogger logger) : GuardedEndpoint(link, logger)
{
    /// <summary>Kept constant: lowering it while a transfer is under way is an error of the connection to some peers.</summary>
    public const uint Credit = 1000;

    public const int LargestMessage = 1024 * 1024;

    protected override void Receive(TransferMessage message)
        => faults.At(
            BrokerFaultPoint.BeforeAccepting,
            Link,
            () => Guard(() => Store(message)),
            twice: () => Guard(() => Store(message, isCopy: true)),
            busy: () => Answer(message, Faults.ServerBusy()));

    private void Store(TransferMessage message, bool isCopy = false)
    {
        if (message.Encoded.Length > LargestMessage)
        {
            Answer(message, new Error(ErrorCode.MessageSizeExceeded) { Description = $"A message has at most {LargestMessage} bytes." });
            return;
        }

        IReadOnlyList<IncomingMessage> incoming;
        try
        {
            incoming = MessageParser.Parse(message.Encoded, message.Format);
        }
        catch (InvalidDataException e)
        {
            Answer(message, Faults.Malformed(e.Message));
            return;
        }

        queue.Send([.. incoming.Select(m => MessageIdentity.Ensure(m, ids))], isCopy ? _ => { } : outcome => Stored(message, outcome));
    }

    private void Stored(TransferMessage message, SendOutcome outcome)
        => faults.At(
            BrokerFaultPoint.BeforeAcknowledging,
            Link,
            () => Answer(message, outcome.Fault == QueueFault.None ? null : Faults.Of(outcome.Fault)),
            busy: () => Answer(message, Faults.ServerBusy()));

    private void Answer(TransferMessage message, Error? error)
        => Guard(() => Link.DisposeMessage(message, error is null ? new Accepted() : new Rejected { Error = error }, settled: true));
}
