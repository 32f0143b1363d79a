using System.Text.Json;
using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Output;
using Vivace.Client.Rollouts;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Drill;

/// <summary>What a drill of the rollout that runs is judged by, or why there is nothing to drill.</summary>
internal static class DrillPlan
{
    /// <param name="report">The rollout at its beginning.</param>
    /// <param name="wanted">How far the rollback is expected to go; null: as the plan says.</param>
    /// <returns>The plan and null, or null and a sentence.</returns>
    public static (RolloutPlan? Plan, string? Refusal) Read(RolloutReport report, DrillFault fault, RollbackKind? wanted)
    {
        if (report is not { Status: { State: "running" or "paused" or "completed", Percent: > 0 } status, Flag: { ContractEnabled: true, RuntimeEnabled: true } })
        {
            return (null, $"There is nothing to drill: {Rollout.RolloutText.Of(report)}{(report.Status is null ? "" : "; it must be above 0 %, its flags on")}");
        }

        if (PlanOf(report) is not { } plan)
        {
            return (null, "The deployment shows no plan that this version can read.");
        }

        var refusal = wanted is { } kind && kind != plan.Rollback
            ? $"The plan of {status.RolloutId} rolls back {ProcessingText.Wire(plan.Rollback)}, not {ProcessingText.Wire(kind)}."
            : DecisiveUnits.Of(plan, fault) is null ? "The plan has no guard of failures." : null;
        return refusal is null ? (plan, null) : (null, refusal);
    }

    public static DrillCriteria Criteria(RolloutPlan plan, DrillFault fault, TimeSpan within, IReadOnlyList<Uri> endpoints)
        => new(fault, plan.Rollback, DecisiveUnits.Of(plan, fault)!.Value, within, TimeSpan.FromSeconds(plan.FirstChunkSlo), endpoints);

    private static RolloutPlan? PlanOf(RolloutReport report)
    {
        try
        {
            return report.Document.GetProperty("plan").Deserialize(RolloutsJson.Default.RolloutPlan);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}
