using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Storage</c>.</summary>
internal sealed class StorageSettings
{
    /// <summary>The folder of database, <c>flags.json</c> and <c>profiles/</c>.</summary>
    [Required]
    public string Path { get; set; } = ".vivace";

    /// <summary><c>normal</c> or <c>full</c>.</summary>
    [AllowedValues("normal", "full", ErrorMessage = "Storage:Synchronous must be normal or full.")]
    public string Synchronous { get; set; } = "normal";

    public bool IsFull => Synchronous == "full";
}
