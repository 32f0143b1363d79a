using Microsoft.Extensions.AI;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Evaluators;

/// <summary>What a pre-evaluator sees.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Text">The message, as evaluators before left it.</param>
/// <param name="Model">A client bound to the turn; calls default to the small model.</param>
public sealed record PreEvaluatorContext(TurnContext Turn, string Text, IChatClient Model);
