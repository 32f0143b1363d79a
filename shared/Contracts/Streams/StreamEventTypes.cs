namespace Vivace.Contracts.Streams;

/// <summary>Values of <see cref="StreamEvent.Type"/>.</summary>
public static class StreamEventTypes
{
    /// <summary>Text to append.</summary>
    public const string Token = "token";

    /// <summary>Progress without text.</summary>
    public const string Status = "status";

    /// <summary>Terminal: the turn is complete.</summary>
    public const string Done = "done";

    /// <summary>Terminal: the turn failed.</summary>
    public const string Error = "error";

    /// <summary>Terminal: the turn was cancelled; the text shown so far is kept.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Terminal: the process that ran the turn was lost; the text shown so far is kept.</summary>
    public const string Interrupted = "interrupted";
}
