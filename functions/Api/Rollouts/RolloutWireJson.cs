using System.Text.Json.Serialization;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts;

/// <summary>The form of the rollouts' replies, which is that of what they store: camel case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RolloutReply))]
[JsonSerializable(typeof(RolloutHistoryReply))]
[JsonSerializable(typeof(RolloutProbe))]
[JsonSerializable(typeof(RolloutStartBody))]
[JsonSerializable(typeof(RolloutMoveBody))]
internal sealed partial class RolloutWireJson : JsonSerializerContext;
