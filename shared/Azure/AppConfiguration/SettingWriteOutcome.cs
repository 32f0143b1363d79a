namespace Vivace.Azure.AppConfiguration;

/// <summary>What became of a write: a conflict is a value, not an exception.</summary>
/// <param name="Status">Whether it was made, and why not.</param>
/// <param name="Setting">The key-value as it is stored now, or as it was before its deletion; null when nothing was done.</param>
public sealed record SettingWriteOutcome(SettingWriteStatus Status, ConfigurationSetting? Setting = null)
{
    /// <summary>Whether the write was made.</summary>
    public bool IsDone => Status == SettingWriteStatus.Done;
}
