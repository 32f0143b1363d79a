using Vivace.Runtime.Policies;

namespace Vivace.Runtime.Processing;

/// <summary>Which evaluators see the reply, and when. Critical ones always run before text is released.</summary>
/// <param name="Allowed">The evaluators allowed. Default all.</param>
/// <param name="Deferred">Whether those that are not critical run after the reply instead of before its end. Default false.</param>
/// <param name="DeadlineSeconds">Seconds that each has inline, above 0 and at most 600; one that takes longer is skipped and reported. Default 10.</param>
public sealed record PostEvaluatorOptions(CapabilityPolicy? Allowed = null, bool Deferred = false, double DeadlineSeconds = 10)
{
    /// <summary>The evaluators allowed.</summary>
    public CapabilityPolicy Allowed { get; init; } = Allowed ?? CapabilityPolicy.All;
}
