using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>What is delivered was sent before, in the same session and with the same content; a sequence number names one message.</summary>
internal static class ContentRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
        => queue.Deliveries.SelectMany(d => OfDelivery(queue, d))
            .Concat(queue.Dead.SelectMany(g => g).Where(e => queue.Sends[e.MessageId].All(s => s.Content != e.Content)).Select(e => $"{e.MessageId} died with other content"))
            .Concat(queue.Deliveries.GroupBy(d => d.Sequence).Where(g => g.Select(d => d.MessageId).Distinct().Count() > 1).Select(g => $"{g.Key} names several messages"));

    private static IEnumerable<string> OfDelivery(QueueHistory queue, HistoryEvent.Delivered delivery)
    {
        var sent = queue.Sends[delivery.MessageId].Where(s => s.Number < delivery.Number).ToList();
        if (sent.Count == 0)
        {
            yield return $"{delivery.MessageId} was delivered and never sent";
        }
        else if (sent.All(s => s.Content != delivery.Content))
        {
            yield return $"{delivery.MessageId} was delivered with other content";
        }
        else if (sent.All(s => s.Session != delivery.Session))
        {
            yield return $"{delivery.MessageId} was delivered in another session";
        }
    }
}
