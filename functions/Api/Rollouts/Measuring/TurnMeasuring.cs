using Vivace.Api.Turns;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Models;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>Takes what a rollout is judged by from turns as they end and from evaluations as they are made.</summary>
internal sealed class TurnMeasuring(RolloutRecorder recorder, VivaceMetrics metrics)
{
    /// <summary>A turn has ended, and its end is written.</summary>
    /// <param name="outcome">As it was written.</param>
    /// <param name="isHandedOver">Whether it was broken off since its process stops.</param>
    public void Ended(TurnContext context, TurnOutcome outcome, TurnResult result, bool isHandedOver)
    {
        if (context.Options.Rollout is { } rollout)
        {
            recorder.Add(rollout.RolloutId, TurnObservations.Of(context, rollout, outcome, result, isHandedOver));
        }
    }

    /// <summary>A turn was ended for a process that was lost.</summary>
    public void Lost(TurnRow turn, TurnStatus status)
    {
        if (turn.Rollout is { } rollout)
        {
            recorder.Add(rollout.RolloutId, TurnObservations.Of(rollout) with { Failed = TurnObservations.IsFailed(status) });
        }
    }

    /// <summary>Deferred evaluations of a turn have been made.</summary>
    public void Judged(TurnRollout? rollout, EvaluationRun run)
    {
        if (rollout is not null && TurnObservations.Scored(rollout, run) is { } observation)
        {
            recorder.Add(rollout.RolloutId, observation);
        }
    }

    /// <summary>
    /// A turn has run, whatever becomes of its end. By what was called and who was assigned, not by what the turn was resolved to: a fast turn calls no large model, and
    /// nobody outside the fast arm has one.
    /// </summary>
    public void CheckMode(TurnContext context, TurnOutcome outcome)
    {
        if (context.Mode == ProcessingMode.Fast
            && (context.Options.Processing.Arm != RolloutArm.Fast || outcome.Models.Any(m => m.Type == ModelSize.Large.Wire())))
        {
            metrics.Mismatch(MismatchKind.Mode, context.Routing);
        }
    }
}
