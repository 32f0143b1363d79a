using System.Text.Json.Serialization;

namespace Vivace.Api.Bus;

/// <summary>How messages between instances are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TurnMessage))]
[JsonSerializable(typeof(ResponseChunk))]
[JsonSerializable(typeof(CancelMessage))]
[JsonSerializable(typeof(EvaluationMessage))]
internal sealed partial class BusJson : JsonSerializerContext;
