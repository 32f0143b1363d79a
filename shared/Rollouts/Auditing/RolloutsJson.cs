using System.Text.Json.Serialization;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Simulating;
using Vivace.Rollouts.Storage;

namespace Vivace.Rollouts.Auditing;

/// <summary>The written form of what a rollout stores and reports: camel case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(RolloutPlan))]
[JsonSerializable(typeof(RolloutStatus))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(Measurements))]
[JsonSerializable(typeof(UnitRecord))]
[JsonSerializable(typeof(InstanceRecord))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(SimulationReport))]
[JsonSerializable(typeof(RolloutProbe))]
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class RolloutsJson : JsonSerializerContext;
