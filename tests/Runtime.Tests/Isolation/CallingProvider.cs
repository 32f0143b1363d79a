using Microsoft.Extensions.AI;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Providers;

namespace Vivace.Runtime.Tests.Isolation;

/// <summary>A provider that calls the model through the client it is handed.</summary>
internal sealed class CallingProvider : IContextProvider
{
    public CapabilityDescriptor Descriptor { get; } = new() { Name = "CALLING", Description = "Calls a model.", Tags = ["test"] };

    public async ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await context.Model.GetResponseAsync([new ChatMessage(ChatRole.System, "provider"), new ChatMessage(ChatRole.User, context.Text)], cancellationToken: cancellationToken);
        return new ContextContribution("Provided.");
    }
}
