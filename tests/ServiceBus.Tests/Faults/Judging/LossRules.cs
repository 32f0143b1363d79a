using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// Nothing acknowledged is lost: it was delivered and its completion at least begun, with nothing left in the queue; or it is
/// among the dead letters, where that is the rule for it and only then.
/// </summary>
internal static class LossRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
        => queue.Acknowledged.Keys.SelectMany(id => OfMessage(queue, id))
            .Concat(queue.Of<HistoryEvent.LeftBehind>().Select(e => $"{e.MessageId} was left behind as {e.Sequence}"))
            .Concat(queue.Dead.Where(g => !IsPoison(queue, g.Key)).Select(g => $"{g.Key} is a dead letter against the rule"));

    private static IEnumerable<string> OfMessage(QueueHistory queue, string id)
    {
        var deliveries = queue.Deliveries.Where(d => d.MessageId == id).ToList();
        if (deliveries.Count == 0)
        {
            yield return $"{id} was acknowledged and never delivered";
        }
        else if (IsPoison(queue, id))
        {
            if (!queue.Dead.Contains(id))
            {
                yield return $"{id} is poison and no dead letter";
            }
        }
        else
        {
            foreach (var sequence in deliveries.Select(d => d.Sequence).Distinct().Where(s => !queue.MayBeGone(s, 0, long.MaxValue)))
            {
                yield return $"{id} was acknowledged and {sequence} never completed";
            }
        }
    }

    private static bool IsPoison(QueueHistory queue, string id) => queue.Sends[id].Any(s => s.IsPoison);
}
