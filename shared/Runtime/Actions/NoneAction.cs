using System.Text.Json;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Actions;

/// <summary>Does nothing, for models that always call something.</summary>
internal sealed class NoneAction : IAgentAction
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = ReplyActions.None,
        Description = "No action is needed; answer in words.",
        Tags = ["reply"],
        Position = 12,
    };

    public JsonElement Parameters => JsonSchemas.Nothing;

    public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        => new(new ActionOutcome("No action taken; answer in words."));
}
