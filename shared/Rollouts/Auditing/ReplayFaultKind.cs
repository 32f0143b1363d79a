using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Auditing;

/// <summary>What is wrong with a log.</summary>
[JsonConverter(typeof(WireEnumConverter<ReplayFaultKind>))]
public enum ReplayFaultKind
{
    /// <summary>A line is not an entry in its canonical form.</summary>
    Unreadable,

    /// <summary>An entry does not follow the one before: one is missing, added or moved.</summary>
    BrokenLink,

    /// <summary>An entry is not what was hashed.</summary>
    Changed,

    /// <summary>The log does not end with the expected head.</summary>
    Truncated,

    /// <summary>What was decided does not follow from what it was decided from.</summary>
    DifferentDecision,
}
