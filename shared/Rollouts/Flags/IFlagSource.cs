namespace Vivace.Rollouts.Flags;

/// <summary>Where the flags of this process come from.</summary>
public interface IFlagSource
{
    /// <summary>The flags as they are now. Never waits; a turn keeps the snapshot with which it was accepted.</summary>
    FlagSnapshot Current { get; }
}
