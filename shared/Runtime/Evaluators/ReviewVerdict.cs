namespace Vivace.Runtime.Evaluators;

/// <summary>A reviewer's verdict on the text so far.</summary>
/// <param name="Releasable">UTF-16 units from the start that may be shown whatever follows; ignored when blocked.</param>
/// <param name="Replacement">The reply in place of the text; null unless blocked.</param>
/// <param name="Reason">A constant that says why it is blocked.</param>
public readonly record struct ReviewVerdict(int Releasable, string? Replacement = null, string? Reason = null)
{
    /// <summary>Ends the turn with a replacement.</summary>
    public static ReviewVerdict Block(string replacement, string reason) => new(0, replacement, reason);
}
