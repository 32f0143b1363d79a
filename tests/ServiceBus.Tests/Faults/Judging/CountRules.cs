using static Vivace.ServiceBus.Tests.Faults.Recording.HistoryEvent;
using static Vivace.ServiceBus.Tests.Faults.Recording.SettlementName;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// The delivery count begins at one, rises by one where the delivery before was abandoned or its lock ran out, and stays
/// where the receiver was closed. Deliveries that nobody saw are counted only when their locks ran out, which takes their
/// time. It never falls, but that a killed broker may forget the last counts.
/// </summary>
internal static class CountRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
        => queue.Fresh.GroupBy(d => d.Sequence).SelectMany(g => OfMessage(queue, [.. g]));

    private static IEnumerable<string> OfMessage(QueueHistory queue, IReadOnlyList<Delivered> deliveries)
    {
        var first = deliveries[0];
        var sent = queue.Sends[first.MessageId].FirstOrDefault();
        if (first.Count < 1)
        {
            yield return $"{first.MessageId} was first delivered with count {first.Count}";
        }
        else if (sent is not null && Rise(queue, first.Count, first.At - sent.At) && !queue.WasKilled(sent.Number, first.Number))
        {
            yield return $"{first.MessageId} was first delivered with count {first.Count}";
        }

        foreach (var (before, after) in deliveries.Zip(deliveries.Skip(1)))
        {
            if (queue.WasKilled(before.Number, after.Number) || queue.WasKilledJustBefore(before.At))
            {
                continue;
            }

            var abandoned = queue.Confirmed[after.Sequence].Any(s => s.Lock == before.Lock && s.Settlement == Abandon && s.Number < after.Number);
            if (after.Count < before.Count || (abandoned && after.Count == before.Count) || Rise(queue, after.Count - before.Count, after.At - before.At))
            {
                yield return $"{after.MessageId} was delivered with count {before.Count} and then {after.Count} at {after.Number}";
            }
        }
    }

    /// <summary>Whether the count rose by more than there was time for. A session's lock may have run for a while already.</summary>
    private static bool Rise(QueueHistory queue, int rise, TimeSpan within)
        => rise > 1 && within + queue.Tolerance < queue.Rules.Lock * (rise - (queue.Rules.HasSessions ? 2 : 1));
}
