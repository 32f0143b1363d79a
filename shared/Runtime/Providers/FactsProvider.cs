using System.Text;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Storage;

namespace Vivace.Runtime.Providers;

/// <summary>What the agent remembers of the owner in this room, newest 20.</summary>
internal sealed class FactsProvider(IFactStore facts) : IContextProvider
{
    private const int Shown = 20;

    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "FACTS",
        Description = "What the agent remembers.",
        Tags = ["context:memory", "latency:medium"],
        Position = 30,
    };

    public async ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
    {
        var options = context.Turn.Options;
        var known = await facts.ListAsync(options.Owner, options.RoomId, Shown, cancellationToken);
        if (known.Count == 0)
        {
            return ContextContribution.None;
        }

        var text = new StringBuilder("You remember:");
        foreach (var fact in known)
        {
            text.Append("\n- ").Append(fact.Text);
        }

        return new ContextContribution(text.ToString());
    }
}
