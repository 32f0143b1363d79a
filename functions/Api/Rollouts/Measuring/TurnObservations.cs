using Vivace.Api.Turns;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Models;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>Makes observations of turns.</summary>
internal static class TurnObservations
{
    /// <summary>Nothing but that the turn was.</summary>
    public static TurnObservation Of(TurnRollout rollout) => new()
    {
        Unit = rollout.Unit,
        Cohort = rollout.Cohort,
        Arm = rollout.Arm,
        Percent = rollout.Percent,
        At = rollout.At,
        AskedFast = rollout.AskedFast,
    };

    /// <summary>A turn that has ended, with its score where it was judged inline.</summary>
    /// <param name="isHandedOver">Whether it was broken off since its process stops, which says nothing of its arm.</param>
    public static TurnObservation Of(TurnContext context, TurnRollout rollout, TurnOutcome outcome, TurnResult result, bool isHandedOver) => WithScore(
        Of(rollout) with
        {
            FirstChunk = IsAsAssigned(context, rollout) ? outcome.Timings.FirstChunkMs / 1000 : null,
            Failed = IsFailed(result.Status) && !isHandedOver,
            Unsafe = IsUnsafe(result, outcome.Used),
        },
        outcome.Evaluations,
        outcome.Models);

    /// <summary>What evaluations that were made later say of quality; null: nothing.</summary>
    public static TurnObservation? Scored(TurnRollout rollout, EvaluationRun run)
        => WithScore(Of(rollout), run.Ended, run.Models) is { Score: not null } scored ? scored : null;

    /// <summary>A turn that broke off counts as failed too; one that its sender cancelled does not.</summary>
    public static bool IsFailed(TurnStatus status) => status is TurnStatus.Failed or TurnStatus.Interrupted;

    /// <summary>A unit of the fast arm may be served default, over its quota or for an unknown profile: that is not how fast it is.</summary>
    private static bool IsAsAssigned(TurnContext context, TurnRollout rollout) => rollout.Arm != RolloutArm.Fast || context.Mode == ProcessingMode.Fast;

    /// <summary>A message that was blocked before any model was asked says nothing of replies.</summary>
    private static bool IsUnsafe(TurnResult result, TurnUsage used) => result.Blocked && used.PreEvaluators.All(e => e.Outcome is not ("block" or "failed"));

    /// <summary>The judge is the small model in both modes, and its call is the last one to it.</summary>
    private static TurnObservation WithScore(TurnObservation observation, IReadOnlyList<EvaluationRecord> evaluations, IReadOnlyList<ModelUse> models)
    {
        foreach (var record in evaluations)
        {
            if (QualityScore.Read(record) is { } score && models.LastOrDefault(m => m.Type == ModelSize.Small.Wire()) is { } judge)
            {
                return observation with { Score = score, Judge = new PinnedJudge(judge.Requested, record.Version) };
            }
        }

        return observation;
    }
}
