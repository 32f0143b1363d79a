using System.Text.Json;
using System.Text.Json.Serialization;
using Vivace.Rollouts.Auditing;

namespace Vivace.Rollouts.Plans;

/// <summary>The written form of a plan: camel case, durations as <c>d.hh:mm:ss</c>, unknown members refused as misspellings.</summary>
/// <remarks>
/// Optional members have setters: the source-generated reader gives every init-only one a value, and would lose its default.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RolloutPlan))]
public sealed partial class RolloutPlanJson : JsonSerializerContext
{
    /// <summary>The configuration key of the plan.</summary>
    public const string Key = "Vivace:Rollouts:fast-mode";

    /// <summary>Reads and checks a plan.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="faults">Every fault of a readable plan, or where reading it stopped; empty where a plan is returned.</param>
    /// <returns>The plan, or null where it has faults.</returns>
    public static RolloutPlan? Read(ReadOnlySpan<byte> json, out IReadOnlyList<string> faults)
    {
        try
        {
            var plan = JsonSerializer.Deserialize(json, Default.RolloutPlan);
            faults = plan is null ? [$"{Key} holds null."] : RolloutPlanValidator.Faults(plan);
            return faults.Count == 0 ? plan : null;
        }
        catch (JsonException e)
        {
            faults = [$"{Key}: {e.Message}"];
            return null;
        }
    }

    /// <summary>
    /// What can be used of a plan that another version of the program has written: members that are not known are passed over.
    /// </summary>
    /// <returns>Null where it cannot be read even so, or has faults.</returns>
    internal static RolloutPlan? ReadKnown(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RolloutsJson.Default.RolloutPlan) is { } plan && RolloutPlanValidator.Faults(plan).Count == 0 ? plan : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
