using System.ComponentModel.DataAnnotations;
using Vivace.Runtime.Evaluations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Evaluations</c>.</summary>
internal sealed class EvaluationsSettings
{
    /// <summary>Seconds after a deferred evaluation was due until its message is taken for lost and sent again.</summary>
    [Range(1, 86_400, ErrorMessage = "Evaluations:ResendSeconds must be 1 to 86400.")]
    public int ResendSeconds { get; set; } = 120;

    /// <summary>Seconds between an evaluation's first failure and its second try; four times as long before each further one.</summary>
    [Range(0.01, 3600, ErrorMessage = "Evaluations:RetrySeconds must be 0.01 to 3600.")]
    public double RetrySeconds { get; set; } = 1;

    public EvaluationPatience ToPatience() => new(TimeSpan.FromSeconds(RetrySeconds), TimeSpan.FromSeconds(ResendSeconds));
}
