namespace Vivace.Api.Auth;

/// <summary>Who calls.</summary>
/// <param name="Owner">Whose rows the call may see: the key and, for a service key, its end user.</param>
/// <param name="RolloutUnit">The unit of assignment in rollouts; null: the conversation.</param>
/// <param name="IsOperator">Whether the call may steer rollouts and see to evaluations.</param>
internal sealed record Caller(string Owner, string? RolloutUnit, bool IsOperator)
{
    /// <summary>The groups to which the unit of assignment belongs.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What the call is called in the audit log: the name of its key, never the key nor its end user.</summary>
    public string Actor { get; init; } = "local";

    /// <summary>
    /// Anybody on this machine, when no keys are configured. Each conversation is a unit of its own, or a rollout and its drill
    /// would have one unit to show themselves by.
    /// </summary>
    public static Caller Local { get; } = new("local", null, true);
}
