namespace Vivace.Api.Settings;

/// <summary>Section <c>Flags</c>.</summary>
internal sealed class FlagsSettings
{
    /// <summary>The flag file; null: <c>flags.json</c> under <c>Storage:Path</c>.</summary>
    public string? Path { get; set; }
}
