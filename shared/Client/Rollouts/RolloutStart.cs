using System.Text.Json;

namespace Vivace.Client.Rollouts;

/// <summary>Body of a start.</summary>
/// <param name="Plan">The plan; null: the configured one, else the server's default.</param>
/// <param name="Force">Whether to start without a fresh probe.</param>
/// <param name="Reason">Why, for the audit log.</param>
internal sealed record RolloutStart(JsonElement? Plan, bool Force, string? Reason);
