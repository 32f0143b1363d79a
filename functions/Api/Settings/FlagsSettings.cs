using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Flags</c>.</summary>
internal sealed class FlagsSettings
{
    /// <summary>The flag file; null: <c>flags.json</c> under <c>Storage:Path</c>.</summary>
    public string? Path { get; set; }

    /// <summary>Seconds after which a file that stays unreadable means all off; until then its last good content is in force.</summary>
    [Range(1, 86_400, ErrorMessage = "Flags:MaxAgeSeconds must be 1 to 86400.")]
    public int MaxAgeSeconds { get; set; } = 60;

    /// <summary>The flag file under a storage folder.</summary>
    public string PathUnder(string storage) => Path ?? System.IO.Path.Combine(storage, "flags.json");
}
