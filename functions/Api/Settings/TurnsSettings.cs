using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Turns</c>.</summary>
internal sealed class TurnsSettings
{
    /// <summary>Whether this process takes streamed turns and deferred evaluations from the queues; false: it accepts and relays.</summary>
    public bool Run { get; set; } = true;

    /// <summary>Streamed turns that this process runs at once.</summary>
    [Range(1, 20_000, ErrorMessage = "Turns:MaxConcurrent must be 1 to 20000.")]
    public int MaxConcurrent { get; set; } = 4096;

    /// <summary>Seconds after acceptance until the message of a streamed turn that nobody has begun is sent again.</summary>
    [Range(1, 3600, ErrorMessage = "Turns:ResendSeconds must be 1 to 3600.")]
    public int ResendSeconds { get; set; } = 10;

    /// <summary>Seconds after its deadline, and those of evaluators that run before its end, until a turn that has not ended goes to another worker.</summary>
    [Range(1, 3600, ErrorMessage = "Turns:HandOverSeconds must be 1 to 3600.")]
    public int HandOverSeconds { get; set; } = 30;

    /// <summary>Seconds between two looks for what was not sent or not handled.</summary>
    [Range(1, 60, ErrorMessage = "Turns:SweepSeconds must be 1 to 60.")]
    public int SweepSeconds { get; set; } = 5;
}
