using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>What the log says of decisions. The head of the audit log stands with each, so that a log cut short is noticed.</summary>
internal static partial class RolloutLog
{
    public static void Decided(ILogger logger, RolloutPlan plan, RolloutStatus? before, Decision decision, AuditEntry entry)
    {
        var (inputs, after) = (entry.Record.Inputs, decision.Status);
        Decided(
            logger, inputs.Kind, plan.Id, inputs.Actor, after.State, after.Step, after.Percent, decision.Verdict, after.Reason, entry.Sequence, entry.Hash!);
        if (after.State == RolloutState.RolledBack && before?.State != RolloutState.RolledBack)
        {
            RolledBack(logger, plan.Id, after.Reason);
        }
        else if (inputs.Kind == AuditKind.Reconcile && after.Flag != before?.Flag && after.FlagConfirmed)
        {
            Edited(logger, plan.Id, after.Flag.ContractEnabled, after.Flag.RuntimeEnabled, after.Flag.Percent);
        }
    }

    [LoggerMessage(LogLevel.Information, "Rollout {RolloutId}: {Kind} by {Actor}, now {State} at step {Step} with {Percent} %, verdict {Verdict}, reason {Reason}; audit entry {Sequence} with hash {Hash}")]
    private static partial void Decided(
        ILogger logger, AuditKind kind, string rolloutId, string actor, RolloutState state, int step, double percent, Verdict verdict, string? reason, long sequence, string hash);

    [LoggerMessage(LogLevel.Error, "Rollout {RolloutId} is rolled back by gate {Gate}")]
    private static partial void RolledBack(ILogger logger, string rolloutId, string? gate);

    [LoggerMessage(LogLevel.Warning, "Somebody has edited the flags of rollout {RolloutId}, which is respected: contract {Contract}, runtime {Runtime}, {Percent} %")]
    private static partial void Edited(ILogger logger, string rolloutId, bool contract, bool runtime, double percent);
}
