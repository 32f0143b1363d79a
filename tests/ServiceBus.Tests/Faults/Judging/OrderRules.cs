using Vivace.ServiceBus.Tests.Faults.Recording;
using static Vivace.ServiceBus.Tests.Faults.Recording.HistoryEvent;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// Within a session the messages of a sender that sends one after another are first delivered in its order, under rising
/// sequence numbers, and none is completed before all that it sent earlier were delivered. What came back is delivered again
/// before anything later is given to another receiver.
/// </summary>
internal static class OrderRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
        => queue.Rules.HasSessions
            ? queue.Deliveries.GroupBy(d => d.Session).SelectMany(g => FirstDeliveries(queue, [.. g]).Concat(Redeliveries(queue, [.. g])))
            : [];

    private static IEnumerable<string> FirstDeliveries(QueueHistory queue, IReadOnlyList<Delivered> deliveries)
    {
        var firsts = deliveries.DistinctBy(d => d.MessageId).Where(d => queue.Sends.Contains(d.MessageId)).ToList();
        foreach (var sender in firsts.GroupBy(d => queue.Sends[d.MessageId].First().Sender))
        {
            var inOrder = sender.ToList();
            foreach (var (before, after) in inOrder.Zip(inOrder.Skip(1)))
            {
                if (Position(queue, after) < Position(queue, before))
                {
                    yield return $"{after.MessageId} was first delivered at {after.Number}, after {before.MessageId} at {before.Number}";
                }
                else if (after.Sequence < before.Sequence)
                {
                    yield return $"{after.MessageId} has sequence number {after.Sequence}, after {before.MessageId} with {before.Sequence}";
                }
            }

            foreach (var breach in Skipped(queue, inOrder))
            {
                yield return breach;
            }
        }
    }

    private static IEnumerable<string> Skipped(QueueHistory queue, List<Delivered> firsts)
    {
        var delivered = firsts.ToDictionary(d => d.MessageId);
        var sender = queue.Sends[firsts[0].MessageId].First();
        var sent = queue.Acknowledged.Keys.Select(id => queue.Sends[id].First()).Where(s => s.Sender == sender.Sender && s.Session == sender.Session).ToList();
        foreach (var later in firsts)
        {
            if (queue.Begun[later.Sequence].Select(s => s.Number).DefaultIfEmpty(long.MaxValue).Min() is var settled and < long.MaxValue
                && sent.Find(s => s.Position < Position(queue, later) && !(delivered.GetValueOrDefault(s.MessageId)?.Number < settled)) is { } skipped)
            {
                yield return $"{later.MessageId} was settled at {settled}, before {skipped.MessageId} was delivered";
            }
        }
    }

    private static IEnumerable<string> Redeliveries(QueueHistory queue, IReadOnlyList<Delivered> deliveries)
    {
        var last = new Dictionary<long, Delivered>();
        foreach (var delivery in deliveries)
        {
            var open = last.Values.Where(d => d.Sequence < delivery.Sequence && !queue.MayBeGone(d.Sequence, d.Number, delivery.Number));
            foreach (var before in open.Where(d => delivery.OneByOne || d.Receiver != delivery.Receiver))
            {
                if (!queue.Dead.Contains(before.MessageId) && !IsLate(queue, before, deliveries))
                {
                    yield return $"{delivery.MessageId} was delivered at {delivery.Number}, while {before.MessageId} of {before.Number} was not settled";
                }
            }

            // A receiver may hear late of what another has settled meanwhile.
            if (!queue.Confirmed[delivery.Sequence].Any(s => s.Settlement != SettlementName.Abandon && s.Number < delivery.Number))
            {
                last[delivery.Sequence] = delivery;
            }
        }
    }

    /// <summary>Its receiver had lost the session by then, and another had been given the message.</summary>
    private static bool IsLate(QueueHistory queue, Delivered delivery, IEnumerable<Delivered> deliveries)
        => deliveries.Any(d => d.Sequence == delivery.Sequence && d.Lock != delivery.Lock && d.Number < delivery.Number && delivery.At - d.At < queue.Tolerance)
            && queue.MayHaveLostLinks(delivery.At, delivery.At);

    private static int Position(QueueHistory queue, Delivered delivery) => queue.Sends[delivery.MessageId].First().Position;
}
