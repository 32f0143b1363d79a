namespace Vivace.Runtime.Actions;

/// <summary>What an action did.</summary>
/// <param name="Result">Told to the model.</param>
/// <param name="ReplyText">The reply where the model gives none, as in profiles with one model call.</param>
/// <param name="Effect">What it means for the turn.</param>
public sealed record ActionOutcome(string Result, string? ReplyText = null, ActionEffect Effect = ActionEffect.Continue);
