using Vivace.Rollouts.Plans;

namespace Vivace.Api.Rollouts;

/// <summary>The body of a start, as the description of the API shows it; it is read by <see cref="RolloutRequest"/>.</summary>
internal sealed record RolloutStartBody(RolloutPlan? Plan = null, bool Force = false, string? Reason = null);
