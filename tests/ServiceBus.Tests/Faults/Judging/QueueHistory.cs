using Vivace.ServiceBus.Tests.Faults.Recording;
using static Vivace.ServiceBus.Tests.Faults.Recording.HistoryEvent;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>A history as one queue saw it, sorted for the rules.</summary>
internal sealed class QueueHistory
{
    /// <summary>From a delivery until its receiver has recorded it, where neither has to wait for the machine.</summary>
    private static readonly TimeSpan LateRecord = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan lag;
    private readonly List<HistoryEvent> all;

    public QueueHistory(QueueRules rules, IReadOnlyList<HistoryEvent> events, TimeSpan lag)
    {
        Rules = rules;
        this.lag = lag;
        all = [.. events];
        Sends = Of<SendBegun>().ToLookup(e => e.MessageId);
        Acknowledged = Of<SendAcknowledged>().GroupBy(e => e.MessageId).ToDictionary(g => g.Key, g => g.First());
        Deliveries = [.. Of<Delivered>()];
        Begun = Of<SettlementBegun>().ToLookup(e => e.Sequence);
        Confirmed = Of<SettlementConfirmed>().ToLookup(e => e.Sequence);
        Dead = Of<FoundDead>().ToLookup(e => e.MessageId);
    }

    public QueueRules Rules { get; }

    /// <summary>
    /// What a receiver sees may be recorded so much later than it happened; locks that end within this time of each other
    /// are not told apart.
    /// </summary>
    public TimeSpan Tolerance => TimeSpan.FromMilliseconds(250) + lag;

    /// <summary>Every try of each message.</summary>
    public ILookup<string, SendBegun> Sends { get; }

    public IReadOnlyDictionary<string, SendAcknowledged> Acknowledged { get; }

    public IReadOnlyList<Delivered> Deliveries { get; }

    /// <summary>
    /// Each lock once, but for those that had run out when the delivery was recorded: such a receiver was slow, and what it
    /// had came before what others were given meanwhile.
    /// </summary>
    public IEnumerable<Delivered> Fresh => Deliveries.DistinctBy(d => d.Lock).Where(d => d.LockedUntil > d.At);

    /// <summary>Settlements by sequence number.</summary>
    public ILookup<long, SettlementBegun> Begun { get; }

    public ILookup<long, SettlementConfirmed> Confirmed { get; }

    public ILookup<string, FoundDead> Dead { get; }

    public IEnumerable<T> Of<T>()
        where T : HistoryEvent => all.OfType<T>().Where(e => e.Queue == Rules.Name);

    /// <summary>Whether a completion or a dead-lettering of the message was under way or done by then.</summary>
    public bool MayBeGone(long sequence, long since, long until)
        => Begun[sequence].Any(s => s.Settlement != SettlementName.Abandon && s.Number > since && s.Number < until);

    /// <summary>Whether links may have ended then, and locks with them; the broker may know of it before receivers do.</summary>
    public bool MayHaveLostLinks(TimeSpan from, TimeSpan until)
        => all.Any(e => e is BrokerRestarted or FaultInjected { EndsLinks: true } && e.At >= from - Tolerance && e.At <= until);

    public bool WasKilled(long since, long until)
        => all.OfType<BrokerRestarted>().Any(e => e.Killed && e.Number > since && e.Number < until);

    /// <summary>What a broker delivered just before it was killed may be recorded just after.</summary>
    public bool WasKilledJustBefore(TimeSpan at)
        => all.OfType<BrokerRestarted>().Any(e => e.Killed && e.At <= at && e.At >= at - LateRecord - lag);

    public int Doubled => Of<FaultInjected>().Count(f => f is { Fault: "Duplicate", Point: "BeforeAccepting" });
}
