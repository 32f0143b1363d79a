namespace Vivace.Client.Rollouts;

/// <summary>Body of every operation but a start.</summary>
/// <param name="Reason">Why, for the audit log.</param>
internal sealed record RolloutMove(string? Reason);
