namespace Vivace.Rollouts.Flags;

/// <summary>What became of a write.</summary>
public enum FlagWriteStatus
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>Somebody else has written since; nothing was changed.</summary>
    Changed,

    /// <summary>Whoever keeps the flag has locked it; nothing was changed.</summary>
    Locked,
}
