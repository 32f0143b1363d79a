namespace Vivace.Client.Problems;

/// <summary>No answer came: the server could not be reached, or the connection was lost before the answer was complete.</summary>
/// <param name="message">A sentence for people.</param>
/// <param name="neverSent">True when no connection could be made, so that the server knows nothing of the call.</param>
/// <param name="inner">What the transport said.</param>
public sealed class VivaceUnreachableException(string message, bool neverSent, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when no connection could be made, so that the server knows nothing of the call; false when it may.</summary>
    public bool NeverSent { get; } = neverSent;
}
