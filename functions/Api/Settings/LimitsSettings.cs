using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Limits</c>; each applies to one owner in one process, 0 does not limit.</summary>
internal sealed class LimitsSettings
{
    /// <summary>Messages a minute; beyond it: 429 with Retry-After.</summary>
    [Range(0, 10_000_000)]
    public int MessagesPerMinute { get; set; } = 6000;

    /// <summary>Fast messages a minute; beyond it they are served default and say so.</summary>
    [Range(0, 10_000_000)]
    public int FastMessagesPerMinute { get; set; } = 3000;
}
