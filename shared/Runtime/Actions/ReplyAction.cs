using System.Text.Json;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Actions;

/// <summary>Replies with the text that the model gives.</summary>
internal sealed class ReplyAction : IAgentAction
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = ReplyActions.Reply,
        Description = "Reply with a text and end the turn.",
        Tags = ["reply"],
        Position = 10,
    };

    public JsonElement Parameters { get; } = JsonSchemas.OneText("text", "The reply.");

    public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        => new(new ActionOutcome("Replied.", context.Text("text"), ActionEffect.EndTurn));
}
