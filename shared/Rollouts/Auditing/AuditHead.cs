namespace Vivace.Rollouts.Auditing;

/// <summary>The last entry of a log. Kept elsewhere as well, it shows when the log's end has been cut off.</summary>
/// <param name="Sequence">Counts from 1; 0 for an empty log.</param>
/// <param name="Hash">The entry's hash.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    /// <summary>The head of an empty log.</summary>
    public static AuditHead Empty { get; } = new(0, new string('0', 64));
}
