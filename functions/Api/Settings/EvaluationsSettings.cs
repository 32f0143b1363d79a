using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Evaluations</c>.</summary>
internal sealed class EvaluationsSettings
{
    /// <summary>Seconds after a deferred evaluation was due until its message is taken for lost and sent again.</summary>
    [Range(1, 86_400, ErrorMessage = "Evaluations:ResendSeconds must be 1 to 86400.")]
    public int ResendSeconds { get; set; } = 120;
}
