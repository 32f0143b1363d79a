namespace Vivace.Runtime.Pipeline;

/// <summary>How the stages decided the turn.</summary>
/// <param name="Responded">False when the agent stays silent.</param>
/// <param name="Replacement">The text in place of a blocked turn; null unless blocked.</param>
/// <param name="Reason">A constant that says why.</param>
internal sealed record TurnEnd(bool Responded, string? Replacement, string Reason)
{
    public static TurnEnd Blocked(string replacement, string reason) => new(true, replacement, reason);

    public static TurnEnd Silent(string reason) => new(false, null, reason);
}
