using System.Text.Json;

namespace Vivace.Contracts.Turns;

/// <summary>Where one evaluator of a turn stands.</summary>
/// <param name="Evaluator">Its name.</param>
/// <param name="Version">Its version; with the name and the turn it is the key of its effects.</param>
/// <param name="Status"><c>pending</c>, <c>completed</c>, <c>skipped</c> or <c>dead</c>.</param>
/// <param name="Deferred">True when it runs after the reply.</param>
/// <param name="Reason">Why it was skipped or is dead.</param>
/// <param name="Result">What it found; absent until it has completed.</param>
public sealed record EvaluationDetails(string Evaluator, int Version, string Status, bool Deferred, string? Reason = null, JsonElement? Result = null);
