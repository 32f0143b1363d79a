using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vivace.Client.Rollouts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(RolloutReport))]
[JsonSerializable(typeof(RolloutHistory))]
[JsonSerializable(typeof(RolloutProbe))]
[JsonSerializable(typeof(RolloutStart))]
[JsonSerializable(typeof(RolloutMove))]
internal sealed partial class RolloutDocuments : JsonSerializerContext;
