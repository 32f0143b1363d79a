namespace Vivace.ServiceBus.Tests.Faults.Recording;

/// <summary>Something that was seen from outside of the broker. It names nothing of the broker or of its client.</summary>
internal abstract record HistoryEvent(string Queue)
{
    /// <summary>Its place in the order in which everything was recorded, from 1.</summary>
    public long Number { get; init; }

    /// <summary>Since the history began.</summary>
    public TimeSpan At { get; init; }

    /// <param name="Position">Its place among the messages of its sender in its session, from 0; a sender sends one after another.</param>
    /// <param name="Tries">How often it may be sent before the answer is told.</param>
    /// <param name="IsPoison">By rule it ends among the dead letters.</param>
    internal sealed record SendBegun(
        string Queue, string MessageId, string Sender, string? Session, int Position, string Content, int Tries = 1, bool IsPoison = false) : HistoryEvent(Queue);

    internal sealed record SendAcknowledged(string Queue, string MessageId) : HistoryEvent(Queue);

    internal sealed record SendFailed(string Queue, string MessageId, string Why) : HistoryEvent(Queue);

    /// <param name="Receiver">One name for each time that a session was accepted, or for a processor.</param>
    /// <param name="OneByOne">The receiver asks for the next message of a session when it has done with this one.</param>
    /// <param name="Lock">The lock under which it came.</param>
    /// <param name="LockedUntil">Since the history began; it may be renewed later.</param>
    internal sealed record Delivered(
        string Queue, string MessageId, string? Session, string Content, long Sequence, int Count, string Receiver, bool OneByOne, string Lock, TimeSpan LockedUntil) : HistoryEvent(Queue);

    /// <summary>What the message asks for was done.</summary>
    internal sealed record EffectDone(string Queue, string MessageId, string Lock) : HistoryEvent(Queue);

    internal sealed record SettlementBegun(string Queue, string MessageId, long Sequence, string Lock, SettlementName Settlement) : HistoryEvent(Queue);

    internal sealed record SettlementConfirmed(string Queue, string MessageId, long Sequence, string Lock, SettlementName Settlement) : HistoryEvent(Queue);

    /// <summary>In doubt: it may have been done.</summary>
    internal sealed record SettlementFailed(string Queue, string MessageId, long Sequence, string Lock, string Why) : HistoryEvent(Queue);

    /// <summary>A receiver is about to let go of its session and of what it has not settled.</summary>
    internal sealed record ReceiverClosing(string Queue, string Receiver) : HistoryEvent(Queue);

    /// <summary>A receiver could not receive; it tries again.</summary>
    internal sealed record ReceiverFailed(string Queue, string Receiver, string Why) : HistoryEvent(Queue);

    /// <param name="EndsLinks">Locks that were held may have ended with it.</param>
    internal sealed record FaultInjected(string Queue, string Fault, string Point, bool EndsLinks) : HistoryEvent(Queue);

    /// <param name="Killed">Not in order: what was not durable yet is gone.</param>
    internal sealed record BrokerRestarted(bool Killed) : HistoryEvent("");

    /// <summary>Found among the dead letters at the end.</summary>
    internal sealed record FoundDead(string Queue, string MessageId, string Content) : HistoryEvent(Queue);

    /// <summary>Found in the queue when everything should have been settled.</summary>
    internal sealed record LeftBehind(string Queue, string MessageId, long Sequence) : HistoryEvent(Queue);
}
