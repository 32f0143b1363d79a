using System.Text.Json;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Auditing;

/// <summary>Makes every decision of a log again from what it was made from.</summary>
public static class AuditReplay
{
    /// <summary>Checks links and hashes, decides again, and stops at the first difference.</summary>
    /// <param name="lines">The stored lines, from the first entry.</param>
    /// <param name="head">The last head that is known from elsewhere; null: a missing end cannot be told.</param>
    public static ReplayReport Replay(IEnumerable<string> lines, AuditHead? head = null)
    {
        var at = AuditHead.Empty;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var (entry, fault) = Read(line, at);
            if (fault is null && Decide(entry!.Record.Inputs, ids) is var again && again != CanonicalJson.Write(entry.Record))
            {
                fault = (ReplayFaultKind.DifferentDecision, $"Decided again: {again}");
            }

            if (fault is var (kind, detail))
            {
                return new ReplayReport(at.Sequence, at, new ReplayFault(at.Sequence + 1, kind, detail));
            }

            ids.Add(entry!.Record.Inputs.Plan.Id);
            at = AuditLog.HeadOf(entry);
        }

        return new ReplayReport(at.Sequence, at, head is null || head == at
            ? null
            : new ReplayFault(at.Sequence + 1, ReplayFaultKind.Truncated, $"Entry {head.Sequence} with hash {head.Hash} was expected last."));
    }

    private static (AuditEntry? Entry, (ReplayFaultKind Kind, string Detail)? Fault) Read(string line, AuditHead before)
    {
        AuditEntry? entry;
        try
        {
            entry = JsonSerializer.Deserialize(line, RolloutsJson.Default.AuditEntry);
        }
        catch (JsonException e)
        {
            return (null, (ReplayFaultKind.Unreadable, e.Message));
        }

        if (entry is null || CanonicalJson.Write(entry) != line)
        {
            return (null, (ReplayFaultKind.Unreadable, "It is not in canonical form."));
        }

        return entry.Hash != CanonicalJson.HashOf(entry) ? (entry, (ReplayFaultKind.Changed, "Its hash does not fit it."))
            : (entry.Sequence, entry.Previous) != (before.Sequence + 1, before.Hash) ? (entry, (ReplayFaultKind.BrokenLink, $"It does not follow entry {before.Sequence}."))
            : (entry, null);
    }

    /// <summary>The record that the inputs lead to, or the reason of a refusal, which no record equals.</summary>
    private static string Decide(AuditInputs inputs, HashSet<string> ids)
    {
        if (!IsPossible(inputs))
        {
            return "nothing: these inputs cannot have been judged";
        }

        var decision = inputs.Kind == AuditKind.Reconcile
            ? OperationOutcome.Done(Reconciler.Reconcile(inputs.Plan, inputs.Before!, inputs.Measurements, inputs.Flag, inputs.At))
            : Operate(inputs, ids);
        return decision.Decision is { Audit: { } record } ? CanonicalJson.Write(record) : decision.Refusal ?? "nothing";
    }

    private static bool IsPossible(AuditInputs inputs)
        => (inputs.Before is not null || inputs.Kind == AuditKind.Start)
            && inputs.Before is null or { Step: >= 0 }
            && RolloutPlanValidator.Faults(inputs.Plan).Count == 0
            && (inputs.Measurements is null || inputs.Measurements.IsPossible());

    private static OperationOutcome Operate(AuditInputs inputs, HashSet<string> ids) => inputs.Kind switch
    {
        AuditKind.Start => RolloutOperations.Start(inputs.Plan, inputs.Before, ids.Contains, inputs.Flag, inputs.Actor, inputs.At, inputs.Note),
        AuditKind.Promote => RolloutOperations.Promote(inputs.Plan, inputs.Before!, inputs.Measurements, inputs.Flag, inputs.Actor, inputs.At, inputs.Note),
        AuditKind.Pause => RolloutOperations.Pause(inputs.Plan, inputs.Before!, inputs.Actor, inputs.At, inputs.Note),
        AuditKind.Resume => RolloutOperations.Resume(inputs.Plan, inputs.Before!, inputs.Measurements, inputs.Flag, inputs.Actor, inputs.At, inputs.Note),
        _ => RolloutOperations.Abort(inputs.Plan, inputs.Before!, inputs.Rollback ?? RollbackKind.Soft, inputs.Flag, inputs.Actor, inputs.At, inputs.Note),
    };
}
