using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Faults.Judging;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>The queues of the scenario, which differ as those of the program do.</summary>
internal static class ScenarioQueues
{
    /// <summary>Sessions and duplicate detection, as turns have.</summary>
    public const string Rooms = "rooms";

    /// <summary>Sessions, as streams of chunks have.</summary>
    public const string Streams = "streams";

    /// <summary>Duplicate detection, as evaluations have.</summary>
    public const string Work = "work";

    /// <summary>More than faults use up in a run.</summary>
    public const int MaxDeliveryCount = 25;

    public static TimeSpan LockDuration { get; } = TimeSpan.FromMilliseconds(600);

    public static IReadOnlyList<QueueOptions> Options { get; } =
    [
        new() { Name = Rooms, RequiresSession = true, RequiresDuplicateDetection = true, LockDuration = LockDuration, MaxDeliveryCount = MaxDeliveryCount },
        new() { Name = Streams, RequiresSession = true, LockDuration = LockDuration, MaxDeliveryCount = 1000 },
        new() { Name = Work, RequiresDuplicateDetection = true, LockDuration = LockDuration, MaxDeliveryCount = MaxDeliveryCount },
    ];

    public static IReadOnlyList<QueueRules> Rules { get; } =
        [.. Options.Select(o => new QueueRules(o.Name, o.RequiresDuplicateDetection, o.RequiresSession, o.LockDuration))];
}
