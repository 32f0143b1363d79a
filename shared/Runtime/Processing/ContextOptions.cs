using Vivace.Runtime.Policies;

namespace Vivace.Runtime.Processing;

/// <summary>Which context the model sees.</summary>
/// <param name="Providers">The providers allowed. Default all.</param>
/// <param name="Dynamic">Whether providers tagged <c>dynamic</c> may take part when they find themselves relevant. Default true.</param>
/// <param name="RecentMessages">Messages of history, 0 to 200. Default 20.</param>
/// <param name="DeadlineSeconds">Seconds that each provider has, above 0 and at most 600; one that takes longer is left out and reported. Default 5.</param>
public sealed record ContextOptions(
    CapabilityPolicy? Providers = null, bool Dynamic = true, int RecentMessages = 20, double DeadlineSeconds = 5)
{
    /// <summary>The providers allowed.</summary>
    public CapabilityPolicy Providers { get; init; } = Providers ?? CapabilityPolicy.All;
}
