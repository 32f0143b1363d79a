namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// A queue that detects duplicates stores a message once, however often it is sent and however the tries ended. Any other
/// stores it at most once for each try, and for each transfer that was doubled on its way.
/// </summary>
internal static class StorageRules
{
    public static IEnumerable<string> Breaches(QueueHistory queue)
    {
        var doubled = queue.Doubled;
        foreach (var stored in queue.Deliveries.GroupBy(d => d.MessageId))
        {
            var times = stored.Select(d => d.Sequence).Distinct().Count();
            var most = queue.Rules.DetectsDuplicates ? 1 : queue.Sends[stored.Key].Sum(s => s.Tries) + doubled;
            if (times > most)
            {
                yield return $"{stored.Key} was stored {times} times where {most} were possible";
            }
        }

        foreach (var dead in queue.Dead.Where(g => queue.Rules.DetectsDuplicates && g.Count() > 1))
        {
            yield return $"{dead.Key} is {dead.Count()} dead letters";
        }
    }
}
