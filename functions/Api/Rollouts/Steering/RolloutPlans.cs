using System.Text;
using Vivace.Api.Configuration;
using Vivace.Api.Settings;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>
/// Plans from the configuration: its key in Azure App Configuration where that is used, else <c>rollouts/fast-mode.json</c> in the
/// storage folder.
/// </summary>
/// <param name="configuration">Null: flags come from a file.</param>
internal sealed class RolloutPlans(StorageSettings storage, ConfigurationRefresh? configuration)
{
    private readonly string path = Path.Combine(storage.Path, "rollouts", $"{RolloutName.FastMode}.json");

    /// <summary>What is configured at present.</summary>
    public ConfiguredPlan Configured()
    {
        try
        {
            return Find() is { } json ? new ConfiguredPlan(RolloutPlanJson.Read(json, out var faults), faults) : ConfiguredPlan.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ConfiguredPlan(null, [$"{path}: {e.Message}"]);
        }
    }

    /// <summary>
    /// The plan to judge by: the one that was started; where it came from the configuration, as it stands there now. One that
    /// has faults, is gone or is of another rollout leaves the one that was started in force.
    /// </summary>
    public static RolloutPlan? InForce(StoredRollout stored, ConfiguredPlan configured)
        => stored.IsConfigured && configured.Plan?.Id == stored.Plan?.Id ? configured.Plan : stored.Plan;

    /// <summary>
    /// The plan to judge by; where the one that was started, or the rates of its step, cannot be read, one by which nothing but a mismatch ends the rollout,
    /// and whatever ends it switches everything off. Null: nothing has been started.
    /// </summary>
    public static RolloutPlan? ToJudgeBy(StoredRollout stored, ConfiguredPlan configured)
    {
        var plan = stored.IsStatusInPart ? null : InForce(stored, configured);
        return plan ?? (stored.Status is { } status ? ByMismatchesAlone(status.RolloutId) : null);
    }

    private static RolloutPlan ByMismatchesAlone(string rolloutId)
        => RolloutPlan.Default with { Id = rolloutId, Guards = [], FirstChunkSlo = 120, SlowShare = 0.999, Rollback = RollbackKind.Hard };

    private byte[]? Find()
    {
        if (configuration is not null)
        {
            return configuration.Values.Find(RolloutPlanJson.Key) is { } value ? Encoding.UTF8.GetBytes(value) : null;
        }

        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
