using Vivace.Contracts.Processing;
using Vivace.Rollouts.Flags;

namespace Vivace.Flags.Tests;

/// <summary>Snapshots with the runtime flag as a rollout writes it.</summary>
internal static class Flag
{
    public const string On = """{"id":"fast-mode-contract","enabled":true}""";

    /// <summary>As recorded from a store, with the variants of another hand.</summary>
    public const string Recorded = """
        {"id": "fast-mode-runtime", "description": "fast mode", "enabled": true, "conditions": {"client_filters": []}, "variants": [{"name": "off", "configuration_value": false, "status_override": "Disabled"}, {"name": "control", "configuration_value": false, "status_override": "Disabled"}, {"name": "fast", "configuration_value": true}], "allocation": {"default_when_enabled": "off", "default_when_disabled": "off", "user": [{"variant": "fast", "users": ["internal-1"]}], "group": [{"variant": "fast", "groups": ["staff"]}], "percentile": [{"variant": "fast", "from": 0, "to": 5}, {"variant": "control", "from": 95, "to": 100}], "seed": "rollout-1"}, "telemetry": {"enabled": false}}
        """;

    public static FlagSnapshot At(double percent, string seed = "rollout-1") => With(RuntimeFlag.Write(null, new RolloutAllocation { Seed = seed, Percent = percent }));

    /// <summary>With the contract on, and this for the runtime flag.</summary>
    public static FlagSnapshot With(string runtime) => FlagSnapshot.FromValues(
        [KeyValuePair.Create<string, string?>(FlagNames.Contract, On), KeyValuePair.Create<string, string?>(FlagNames.Runtime, runtime)]);

    /// <summary>Decisions are synchronous: nothing in them waits.</summary>
    public static FlagDecision Decide(this FlagSnapshot flags, string unit, params string[] groups)
    {
        var decision = flags.DecideAsync(unit, groups, CancellationToken.None);
        return decision.IsCompletedSuccessfully ? decision.Result : decision.AsTask().GetAwaiter().GetResult();
    }

    public static RolloutArm ArmOf(this FlagSnapshot flags, string unit) => flags.Decide(unit).Arm;
}
