namespace Vivace.Api.Rollouts;

/// <summary>The body of every other operation, as the description of the API shows it.</summary>
internal sealed record RolloutMoveBody(string? Reason = null);
