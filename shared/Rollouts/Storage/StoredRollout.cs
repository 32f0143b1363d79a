using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Storage;

/// <summary>A rollout as it is stored.</summary>
/// <param name="Version">Counts the decisions that were written; 0: none was.</param>
/// <param name="Plan">The plan in force; null: nothing has been started, or it cannot be read.</param>
/// <param name="IsConfigured">Whether the plan came from the configuration, whose changes then are changes of the plan.</param>
/// <param name="Status">Null: nothing has been started, or it cannot be read.</param>
/// <param name="Head">The last entry of the audit log.</param>
/// <param name="Fault">
/// What cannot be read, since another version of the program has written it, as a sentence; null: everything was read. The plan
/// may still be there, without the members that are not known.
/// </param>
public sealed record StoredRollout(long Version, RolloutPlan? Plan, bool IsConfigured, RolloutStatus? Status, AuditHead Head, string? Fault = null)
{
    /// <summary>Before anything has been started.</summary>
    public static StoredRollout None { get; } = new(0, null, false, null, AuditHead.Empty);

    /// <summary>
    /// Whether the status is without the rates of its step, which cannot be read: it may be ended, but is not to be written back or
    /// judged by.
    /// </summary>
    public bool IsStatusInPart { get; init; }

    /// <summary>Whether something has been started of which it is not known where it stands.</summary>
    public bool IsStatusUnread => Status is null && Fault is not null;

    /// <summary>Reads what a store keeps as JSON.</summary>
    public static StoredRollout Read(long version, string plan, bool isConfigured, string status, AuditHead head)
    {
        var whole = RolloutPlanJson.Read(Encoding.UTF8.GetBytes(plan), out var faults);
        var planFault = whole is null ? $"The rollout's plan was written by another version of the program: {string.Join(' ', faults)}" : null;
        var known = whole ?? RolloutPlanJson.ReadKnown(plan);
        try
        {
            var stands = JsonSerializer.Deserialize(status, RolloutsJson.Default.RolloutStatus) ?? throw new JsonException("It is null.");
            return new StoredRollout(version, known, isConfigured, stands, head, planFault);
        }
        catch (JsonException e)
        {
            var fault = $"The rollout's status was written by another version of the program: {e.Message}";
            var part = ReadWithoutRates(status);
            return new StoredRollout(version, known, isConfigured, part, head, fault) { IsStatusInPart = part is not null };
        }
    }

    /// <summary>A guard of another version stands in the rates as well as in the plan, and must not keep a rollout from being ended.</summary>
    private static RolloutStatus? ReadWithoutRates(string status)
    {
        try
        {
            return JsonNode.Parse(status) is JsonObject members && members.Remove("frozen") ? members.Deserialize(RolloutsJson.Default.RolloutStatus) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
