using System.Text;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Providers;

/// <summary>The actions that the model may call, by name.</summary>
internal sealed class ActionsProvider : IContextProvider
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "ACTIONS",
        Description = "The actions that the model may call.",
        Tags = ["context:actions", "latency:low"],
        Position = 50,
    };

    public ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
    {
        if (context.Actions.Count == 0)
        {
            return new(ContextContribution.None);
        }

        var text = new StringBuilder("Call an action only when the message needs it, never for small talk:");
        foreach (var action in context.Actions)
        {
            text.Append("\n- ").Append(action.Descriptor.Name).Append(": ").Append(action.Descriptor.Description);
        }

        return new(new ContextContribution(text.ToString()));
    }
}
