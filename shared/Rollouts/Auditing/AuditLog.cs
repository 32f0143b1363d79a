namespace Vivace.Rollouts.Auditing;

/// <summary>
/// An append-only log of decisions, one line each. Every entry holds the hash of the one before, so that none can be changed,
/// left out, added or moved without the hashes telling; <see cref="AuditReplay"/> looks.
/// </summary>
public static class AuditLog
{
    /// <summary>The entry that follows a head.</summary>
    /// <param name="head"><see cref="AuditHead.Empty"/> for the first.</param>
    /// <param name="record">What it says.</param>
    public static AuditEntry Append(AuditHead head, AuditRecord record)
    {
        var entry = new AuditEntry { Sequence = head.Sequence + 1, Previous = head.Hash, Record = record };
        return entry with { Hash = CanonicalJson.HashOf(entry) };
    }

    /// <summary>The head after an entry.</summary>
    public static AuditHead HeadOf(AuditEntry entry) => new(entry.Sequence, entry.Hash ?? CanonicalJson.HashOf(entry));

    /// <summary>The line to store, to the byte: the canonical JSON of the entry.</summary>
    public static string ToLine(AuditEntry entry) => CanonicalJson.Write(entry);
}
