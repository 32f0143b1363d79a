namespace Vivace.Azure.AppConfiguration;

/// <summary>What became of a write.</summary>
public enum SettingWriteStatus
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>A deletion found nothing to delete (204).</summary>
    Missing,

    /// <summary>The condition was not met (412): somebody else has written, or the key exists already.</summary>
    ConditionNotMet,

    /// <summary>The key-value is locked (409).</summary>
    Locked,
}
