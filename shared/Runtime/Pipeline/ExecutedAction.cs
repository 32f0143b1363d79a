using Vivace.Runtime.Actions;

namespace Vivace.Runtime.Pipeline;

/// <summary>An action that ran, and what it did; null when it failed.</summary>
internal sealed record ExecutedAction(string Name, string CallId, ActionOutcome? Outcome);
