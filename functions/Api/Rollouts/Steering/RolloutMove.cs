using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>What is to be done to a rollout: a decision, or a sentence that says why not.</summary>
/// <param name="Plan">The plan by which it was decided.</param>
/// <param name="IsConfigured">Whether that plan came from the configuration.</param>
internal sealed record RolloutMove(RolloutPlan? Plan, bool IsConfigured, Decision? Decision, string? Refusal)
{
    public static RolloutMove Refused(string why) => new(null, false, null, why);

    public static RolloutMove Of(RolloutLook look, Decision decision) => new(look.Plan, look.Stored.IsConfigured, decision, null);

    public static RolloutMove Of(RolloutLook look, OperationOutcome outcome)
        => outcome.Decision is { } decision ? Of(look, decision) : Refused(outcome.Refusal!);
}
