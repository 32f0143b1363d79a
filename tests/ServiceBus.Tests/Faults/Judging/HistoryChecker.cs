using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// Judges what was seen of a broker by what its queues promise: nothing lost, nothing done twice, order kept. It knows
/// histories and nothing else.
/// </summary>
internal static class HistoryChecker
{
    /// <summary>Every breach, in words; none when the history is as it must be.</summary>
    /// <param name="lag">What was ready to run waited so long at most; whatever was recorded may be late by as much.</param>
    public static IReadOnlyList<string> Judge(IReadOnlyList<HistoryEvent> events, IReadOnlyList<QueueRules> queues, TimeSpan lag)
        => [.. queues.SelectMany(rules =>
        {
            var queue = new QueueHistory(rules, events, lag);
            return LossRules.Breaches(queue)
                .Concat(ContentRules.Breaches(queue))
                .Concat(CountRules.Breaches(queue))
                .Concat(StorageRules.Breaches(queue))
                .Concat(RepetitionRules.Breaches(queue))
                .Concat(LockRules.Breaches(queue))
                .Concat(OrderRules.Breaches(queue))
                .Select(breach => $"{rules.Name}: {breach}");
        })];
}
