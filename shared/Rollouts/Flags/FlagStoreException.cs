namespace Vivace.Rollouts.Flags;

/// <summary>The place where the flags are kept could not be asked or written.</summary>
public sealed class FlagStoreException(string message, Exception inner) : Exception(message, inner);
