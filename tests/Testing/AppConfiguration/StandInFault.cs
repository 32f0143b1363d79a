namespace Vivace.Testing.AppConfiguration;

/// <summary>How the stand-in fails a request.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Milliseconds">How late a slow answer comes, or what a refusal asks for in <c>retry-after-ms</c>.</param>
public sealed record StandInFault(StandInFaultKind Kind, int Milliseconds = 0)
{
    /// <summary>The connection is cut without an answer.</summary>
    public static StandInFault Down { get; } = new(StandInFaultKind.Down);

    /// <summary>No answer comes, and the connection stays open.</summary>
    public static StandInFault Stalls { get; } = new(StandInFaultKind.Slow, int.MaxValue);

    /// <summary>The body of a success breaks off halfway.</summary>
    public static StandInFault Corrupt { get; } = new(StandInFaultKind.Corrupt);

    public static StandInFault Slow(int milliseconds) => new(StandInFaultKind.Slow, milliseconds);

    /// <summary>429.</summary>
    public static StandInFault Throttled(int retryAfterMilliseconds) => new(StandInFaultKind.Throttled, retryAfterMilliseconds);

    /// <summary>503.</summary>
    public static StandInFault Unavailable(int retryAfterMilliseconds) => new(StandInFaultKind.Unavailable, retryAfterMilliseconds);
}
