using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>Writes down what becomes of one delivery.</summary>
internal sealed class DeliveryRecord(History history, string queue, ServiceBusReceivedMessage message)
{
    private SettlementName begun;

    private string Id => message.MessageId ?? "";

    private string Lock => message.LockToken.ToString();

    public static DeliveryRecord Begin(History history, string queue, ServiceBusReceivedMessage message, string receiver, bool oneByOne)
    {
        history.Add(new HistoryEvent.Delivered(
            queue,
            message.MessageId ?? "",
            message.SessionId,
            message.Body.ToString(),
            message.SequenceNumber,
            message.DeliveryCount,
            receiver,
            oneByOne,
            message.LockToken.ToString(),
            history.Of(message.LockedUntil)));
        return new DeliveryRecord(history, queue, message);
    }

    public void Done() => history.Add(new HistoryEvent.EffectDone(queue, Id, Lock));

    public void Settling(SettlementName settlement)
    {
        begun = settlement;
        history.Add(new HistoryEvent.SettlementBegun(queue, Id, message.SequenceNumber, Lock, settlement));
    }

    public void Settled() => history.Add(new HistoryEvent.SettlementConfirmed(queue, Id, message.SequenceNumber, Lock, begun));

    public void Failed(Exception fault)
        => history.Add(new HistoryEvent.SettlementFailed(queue, Id, message.SequenceNumber, Lock, $"{begun}: {(fault as ServiceBusException)?.Reason.ToString() ?? fault.GetType().Name}"));
}
