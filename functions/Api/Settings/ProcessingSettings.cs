using System.ComponentModel.DataAnnotations;
using Vivace.Contracts.Processing;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Processing</c>.</summary>
internal sealed class ProcessingSettings
{
    /// <summary>The application's default mode, <c>default</c> or <c>fast</c>.</summary>
    [AllowedValues("default", "fast", ErrorMessage = "Processing:DefaultMode must be default or fast.")]
    public string DefaultMode { get; set; } = "default";

    /// <summary>The profile of fast mode when a message names none.</summary>
    [Required]
    public string FastProfile { get; set; } = "fast-v1";

    public ProcessingMode Mode => DefaultMode == "fast" ? ProcessingMode.Fast : ProcessingMode.Default;
}
