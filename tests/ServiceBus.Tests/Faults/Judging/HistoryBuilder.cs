using Microsoft.Extensions.Time.Testing;
using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>Writes histories by hand, a millisecond for each event; what a test leaves out is as it should be.</summary>
internal sealed class HistoryBuilder
{
    public const string Room = "room";

    /// <summary>Sessions and duplicate detection.</summary>
    private const string Strict = "strict";

    /// <summary>Neither.</summary>
    private const string Plain = "plain";

    private static readonly TimeSpan Lock = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new(DateTimeOffset.UnixEpoch);
    private readonly History history;
    private readonly string queue;
    private int locks;

    private HistoryBuilder(string queue)
    {
        this.queue = queue;
        history = new History(time);
    }

    private string? Session => queue == Strict ? Room : null;

    public static HistoryBuilder OnStrictQueue() => new(Strict);

    public static HistoryBuilder OnPlainQueue() => new(Plain);

    public IReadOnlyList<string> Judge()
        => HistoryChecker.Judge(history.Events, [new QueueRules(Strict, true, true, Lock), new QueueRules(Plain, false, false, Lock)], TimeSpan.Zero);

    public HistoryBuilder Wait(TimeSpan pause)
    {
        time.Advance(pause);
        return this;
    }

    public HistoryBuilder Try(int position, bool poison = false)
        => Add(new HistoryEvent.SendBegun(queue, Id(position), "sender", Session, position, $"content {position}", 1, poison));

    public HistoryBuilder Acknowledge(int position) => Add(new HistoryEvent.SendAcknowledged(queue, Id(position)));

    public HistoryBuilder Send(int position, bool poison = false) => Try(position, poison).Acknowledge(position);

    /// <param name="sequence">Null: as the position is.</param>
    /// <param name="ran">Of the lock's time, how much has run already.</param>
    public HistoryBuilder Deliver(
        int position, int count = 1, long? sequence = null, string receiver = "one", string? content = null, string? session = Room, string? under = null, TimeSpan ran = default)
        => Add(new HistoryEvent.Delivered(
            queue,
            Id(position),
            queue == Strict ? session : null,
            content ?? $"content {position}",
            sequence ?? position + 1,
            count,
            receiver,
            OneByOne: false,
            under ?? $"lock {++locks}",
            history.Of(time.GetUtcNow()) + Lock - ran));

    public HistoryBuilder Effect(int position) => Add(new HistoryEvent.EffectDone(queue, Id(position), $"lock {locks}"));

    public HistoryBuilder BeginSettling(int position, SettlementName settlement = SettlementName.Complete, long? sequence = null, int? under = null)
        => Add(new HistoryEvent.SettlementBegun(queue, Id(position), sequence ?? position + 1, $"lock {under ?? locks}", settlement));

    public HistoryBuilder ConfirmSettling(int position, SettlementName settlement = SettlementName.Complete, long? sequence = null, int? under = null)
        => Add(new HistoryEvent.SettlementConfirmed(queue, Id(position), sequence ?? position + 1, $"lock {under ?? locks}", settlement));

    public HistoryBuilder Settle(int position, SettlementName settlement = SettlementName.Complete, long? sequence = null, int? under = null)
        => BeginSettling(position, settlement, sequence, under).ConfirmSettling(position, settlement, sequence, under);

    /// <summary>Delivered, done and completed.</summary>
    public HistoryBuilder Handle(int position, int count = 1, long? sequence = null)
        => Deliver(position, count, sequence).Effect(position).Settle(position, sequence: sequence);

    public HistoryBuilder CloseReceiver(string receiver = "one") => Add(new HistoryEvent.ReceiverClosing(queue, receiver));

    public HistoryBuilder BreakLinks() => Add(new HistoryEvent.FaultInjected(queue, "Break", "Network", EndsLinks: true));

    public HistoryBuilder DoubleTransfer() => Add(new HistoryEvent.FaultInjected(queue, "Duplicate", "BeforeAccepting", EndsLinks: false));

    public HistoryBuilder Restart(bool killed = false) => Add(new HistoryEvent.BrokerRestarted(killed));

    public HistoryBuilder FindDead(int position, string? content = null) => Add(new HistoryEvent.FoundDead(queue, Id(position), content ?? $"content {position}"));

    public HistoryBuilder LeaveBehind(int position) => Add(new HistoryEvent.LeftBehind(queue, Id(position), position + 1));

    private static string Id(int position) => $"message {position}";

    private HistoryBuilder Add(HistoryEvent happened)
    {
        time.Advance(TimeSpan.FromMilliseconds(1));
        history.Add(happened);
        return this;
    }
}
