using static Vivace.ServiceBus.Tests.Faults.Recording.HistoryEvent;
using static Vivace.ServiceBus.Tests.Faults.Recording.SettlementName;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// At least once means: what a message asks for may be done again only while nobody was told that it is complete. After a
/// confirmed settlement the message is not delivered again, nor is it done again; and one lock brings one delivery. Where
/// duplicates are detected this holds for the message's id, elsewhere for what was stored under one sequence number.
/// </summary>
internal static class RepetitionRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
        => queue.Deliveries.GroupBy(d => queue.Rules.DetectsDuplicates ? d.MessageId : $"{d.MessageId} ({d.Sequence})").SelectMany(g => OfMessage(queue, g.Key, [.. g]))
            .Concat(queue.Deliveries.GroupBy(d => d.Lock).Where(g => g.Count() > 1).Select(g => $"{g.First().MessageId} was delivered {g.Count()} times under one lock"));

    private static IEnumerable<string> OfMessage(QueueHistory queue, string name, IReadOnlyList<Delivered> deliveries)
    {
        var confirmed = deliveries.Select(d => d.Sequence).Distinct()
            .SelectMany(s => queue.Confirmed[s]).Where(s => s.Settlement != Abandon).OrderBy(s => s.Number).ToList();
        if (confirmed.Count == 0)
        {
            yield break;
        }

        var end = confirmed[0];
        if (confirmed.Count > 1)
        {
            yield return $"{name} was settled for good {confirmed.Count} times";
        }

        foreach (var late in deliveries.Where(d => d.Number > end.Number && !IsStale(queue, d, end)))
        {
            yield return $"{name} was settled at {end.Number} and delivered again at {late.Number}";
        }

        var effects = queue.Of<EffectDone>().Where(e => e.Number > end.Number);
        foreach (var effect in effects.Where(e => deliveries.Any(d => d.Lock == e.Lock && e.Lock != end.Lock && !IsStale(queue, d, end))))
        {
            yield return $"{name} was settled at {end.Number} and done again at {effect.Number}";
        }
    }

    /// <summary>It came under a lock that had ended by then: by its time, or with its link, of which its receiver hears late.</summary>
    private static bool IsStale(QueueHistory queue, Delivered delivery, SettlementConfirmed end)
        => delivery.LockedUntil <= end.At || (delivery.At < end.At + queue.Tolerance && queue.MayHaveLostLinks(delivery.At, end.At + queue.Tolerance));
}
