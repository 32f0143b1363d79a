using static Vivace.ServiceBus.Tests.Faults.Recording.HistoryEvent;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// While one receiver holds a message's lock, no other is given the message. The lock is held from the delivery until it is
/// settled, its receiver is closed, links are lost, or its time ends.
/// </summary>
internal static class LockRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
        => queue.Fresh.GroupBy(d => d.Sequence).SelectMany(g =>
        {
            var deliveries = g.ToList();
            return deliveries.Zip(deliveries.Skip(1))
                .Where(pair => IsHeld(queue, pair.First, pair.Second))
                .Select(pair => $"{g.First().MessageId} was delivered at {pair.First.Number} and again at {pair.Second.Number}, under its lock");
        });

    private static bool IsHeld(QueueHistory queue, Delivered first, Delivered second)
        => second.At + queue.Tolerance < first.LockedUntil
            && !queue.Begun[first.Sequence].Any(s => s.Lock == first.Lock && s.Number < second.Number)
            && !queue.Of<ReceiverClosing>().Any(c => c.Receiver == first.Receiver && c.Number > first.Number && c.Number < second.Number)
            && !queue.MayHaveLostLinks(first.At, second.At);
}
