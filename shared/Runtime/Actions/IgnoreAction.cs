using System.Text.Json;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Actions;

/// <summary>Stays silent.</summary>
internal sealed class IgnoreAction : IAgentAction
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = ReplyActions.Ignore,
        Description = "Do not respond, when the message is not meant for you.",
        Tags = ["reply"],
        Position = 11,
    };

    public JsonElement Parameters => JsonSchemas.Nothing;

    public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        => new(new ActionOutcome("Ignored.", Effect: ActionEffect.StaySilent));
}
