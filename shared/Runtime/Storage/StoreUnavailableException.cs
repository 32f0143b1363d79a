namespace Vivace.Runtime.Storage;

/// <summary>The store cannot be reached at present; the same call may succeed later.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
