namespace Vivace.Rollouts.Auditing;

/// <summary>One entry of the audit log, chained to the one before.</summary>
public sealed record AuditEntry
{
    /// <summary>Counts from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>What it says.</summary>
    public required AuditRecord Record { get; init; }

    /// <summary>SHA-256, hexadecimal, of the canonical JSON of this entry without its hash.</summary>
    public string? Hash { get; init; }
}
