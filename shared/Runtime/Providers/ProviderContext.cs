using Microsoft.Extensions.AI;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Providers;

/// <summary>What a provider sees of a turn.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Text">The message, as evaluators before it left it.</param>
/// <param name="Actions">The actions that will be shown to the model.</param>
/// <param name="Model">A client bound to the turn; calls default to the small model.</param>
public sealed record ProviderContext(TurnContext Turn, string Text, IReadOnlyList<IAgentAction> Actions, IChatClient Model);
