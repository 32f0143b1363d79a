using System.Xml;

namespace Vivace.Api.Settings;

/// <summary>A queue of the embedded broker; names and units are those of the Service Bus emulator's configuration.</summary>
internal sealed class EmbeddedQueueSettings
{
    public string Name { get; set; } = "";

    public bool? RequiresSession { get; set; }

    public bool? RequiresDuplicateDetection { get; set; }

    public int? MaxDeliveryCount { get; set; }

    /// <summary>ISO 8601, such as <c>PT1M</c>.</summary>
    public string? LockDuration { get; set; }

    /// <summary>ISO 8601.</summary>
    public string? DefaultMessageTimeToLive { get; set; }

    public bool? DeadLetteringOnMessageExpiration { get; set; }

    public static TimeSpan? Duration(string? iso) => iso is null ? null : XmlConvert.ToTimeSpan(iso);

    public IEnumerable<string> Faults()
    {
        if (Name.Length is 0 or > 260)
        {
            yield return "ServiceBus:Embedded:Queues: each needs a Name of 1 to 260 characters.";
        }

        if (MaxDeliveryCount is < 1 or > 2000)
        {
            yield return $"ServiceBus:Embedded:Queues: MaxDeliveryCount of {Name} must be 1 to 2000.";
        }

        if (!IsDuration(LockDuration) || !IsDuration(DefaultMessageTimeToLive))
        {
            yield return $"ServiceBus:Embedded:Queues: durations of {Name} must be ISO 8601, such as PT1M, and longer than nothing.";
        }
    }

    private static bool IsDuration(string? iso)
    {
        try
        {
            return Duration(iso) is null or { Ticks: > 0 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
