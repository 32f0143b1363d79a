using System.Text.Json;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Actions;

/// <summary>Something that the model may do. Executed only when the turn's profile allows it, whatever the model calls.</summary>
public interface IAgentAction : ICapability
{
    /// <summary>JSON Schema of the arguments, an object.</summary>
    JsonElement Parameters { get; }

    /// <summary>
    /// Executes the action. An exception other than cancellation becomes the outcome <c>failed</c>: the model is told, the
    /// turn goes on.
    /// </summary>
    ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken);
}
