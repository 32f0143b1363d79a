namespace Vivace.Contracts.Capabilities;

/// <summary>Limits of requests; what exceeds them is refused with 400 or 413.</summary>
public sealed record RequestLimits
{
    /// <summary>Bytes of a request body.</summary>
    public int BodyBytes { get; init; } = 64 * 1024;

    /// <summary>UTF-16 units of a message's text.</summary>
    public int TextLength { get; init; } = 16 * 1024;

    /// <summary>UTF-16 units of <c>processing.reason</c>.</summary>
    public int ReasonLength { get; init; } = 200;

    /// <summary>UTF-16 units of a conversation's title.</summary>
    public int TitleLength { get; init; } = 200;

    /// <summary>UTF-16 units of <c>clientMessageId</c> and of the Idempotency-Key header.</summary>
    public int KeyLength { get; init; } = 128;

    /// <summary>The limits that the server applies.</summary>
    public static RequestLimits Current { get; } = new();
}
