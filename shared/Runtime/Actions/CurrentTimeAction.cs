using System.Globalization;
using System.Text.Json;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Actions;

/// <summary>Tells the present time.</summary>
internal sealed class CurrentTimeAction(TimeProvider time) : IAgentAction
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "CURRENT_TIME",
        Description = "Tell the current time and date (clock, hour, today).",
        Tags = ["utility:read-only", "latency:low"],
    };

    public JsonElement Parameters => JsonSchemas.Nothing;

    public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var text = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC");
        return new(new ActionOutcome(text, $"It is {text}."));
    }
}
