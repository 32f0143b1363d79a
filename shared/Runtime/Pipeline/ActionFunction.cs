using System.Text.Json;
using Microsoft.Extensions.AI;
using Vivace.Runtime.Actions;

namespace Vivace.Runtime.Pipeline;

/// <summary>Shows an action to the model. It is executed by <see cref="ActionInvoker"/>, never by itself.</summary>
internal sealed class ActionFunction(IAgentAction action) : AIFunction
{
    public IAgentAction Action => action;

    public override string Name => action.Descriptor.Name;

    public override string Description => action.Descriptor.Description;

    public override JsonElement JsonSchema => action.Parameters;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        => throw new InvalidOperationException("Actions are executed by the turn's invoker, which holds its allow-list.");
}
