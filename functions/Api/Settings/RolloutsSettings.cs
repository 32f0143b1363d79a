using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Rollouts</c>.</summary>
internal sealed class RolloutsSettings
{
    /// <summary>Seconds over which this process gathers what it measured before it writes it.</summary>
    [Range(0.1, 10, ErrorMessage = "Rollouts:FlushSeconds must be 0.1 to 10.")]
    public double FlushSeconds { get; set; } = 5;

    /// <summary>Seconds between two judgements, where no timer of a host asks for them.</summary>
    [Range(0.1, 60, ErrorMessage = "Rollouts:ReconcileSeconds must be 0.1 to 60.")]
    public double ReconcileSeconds { get; set; } = 5;

    /// <summary>Minutes for which a recorded probe lets a rollout start.</summary>
    [Range(1, 1440, ErrorMessage = "Rollouts:ProbeFreshMinutes must be 1 to 1440.")]
    public int ProbeFreshMinutes { get; set; } = 15;
}
