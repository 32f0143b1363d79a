namespace Vivace.Runtime.Capabilities;

/// <summary>Whether a turn may do without an evaluator.</summary>
public enum Criticality
{
    /// <summary>Not said; refused at start.</summary>
    Unspecified,

    /// <summary>Runs in every profile; when it throws or times out the turn is blocked.</summary>
    Critical,

    /// <summary>May be listed out, deferred or skipped with a reason.</summary>
    Optional,
}
