using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>
/// Judges what was seen of a broker by what its queues promise: nothing lost, nothing done twice, order kept. It knows
/// histories and nothing else.
/// </summary>
internal static class HistoryChecker
{
    /// <summary>
    /// What a receiver sees may be recorded so much later than it happened; locks that end within this time of each other
    /// are not told apart.
    /// </summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Every breach, in words; none when the history is as it must be.</summary>
    public static IReadOnlyList<string> Judge(IReadOnlyList<HistoryEvent> events, IReadOnlyList<QueueRules> queues)
        => [.. queues.SelectMany(rules =>
        {
            var queue = new QueueHistory(rules, events);
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
