namespace Vivace.Client.Problems;

/// <summary>The answer was none of the contract: something else listens there, or a newer or older server.</summary>
public sealed class VivaceProtocolException(string message, Exception? inner = null) : Exception(message, inner);
