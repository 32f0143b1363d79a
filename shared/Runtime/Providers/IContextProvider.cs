using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Providers;

/// <summary>Contributes context to the prompt. Providers of a turn run concurrently, each with a deadline.</summary>
public interface IContextProvider : ICapability
{
    /// <summary>
    /// Whether a provider tagged <c>dynamic</c> has something to say to this message. Asked only in profiles that allow
    /// dynamic inclusion; must not block.
    /// </summary>
    bool IsRelevant(ProviderContext context) => true;

    /// <summary>
    /// What the prompt should hold; <see cref="ContextContribution.None"/> for nothing. One that throws or exceeds its
    /// deadline is left out and reported; the turn goes on.
    /// </summary>
    ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken);
}
