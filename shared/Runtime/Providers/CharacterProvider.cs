using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Providers;

/// <summary>Who the agent is, first in every prompt.</summary>
internal sealed class CharacterProvider(AgentOptions agent) : IContextProvider
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "CHARACTER",
        Description = "Who the agent is.",
        Tags = ["context:character", "latency:low"],
        Position = 10,
    };

    public ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
        => new(new ContextContribution($"Your name is {agent.Name}. {agent.Instructions}"));
}
