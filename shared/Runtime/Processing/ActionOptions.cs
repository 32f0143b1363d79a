using Vivace.Runtime.Policies;

namespace Vivace.Runtime.Processing;

/// <summary>Which actions the model may take. REPLY, IGNORE and NONE are always allowed and never counted.</summary>
/// <param name="Allowed">The actions allowed. Default all.</param>
/// <param name="MaxShown">How many are shown to the model, the most relevant first, from 0; null shows all.</param>
/// <param name="MaxExecuted">How many are executed in a turn, from 0; null does not limit them.</param>
public sealed record ActionOptions(CapabilityPolicy? Allowed = null, int? MaxShown = null, int? MaxExecuted = null)
{
    /// <summary>The actions allowed.</summary>
    public CapabilityPolicy Allowed { get; init; } = Allowed ?? CapabilityPolicy.All;
}
