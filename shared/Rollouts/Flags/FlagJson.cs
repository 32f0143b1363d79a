using System.Text.Json.Serialization;

namespace Vivace.Rollouts.Flags;

/// <summary>The form of flag files; members that are not used here are left to the tools that write them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FlagDocument))]
[JsonSerializable(typeof(FlagDocument.Flag))]
internal sealed partial class FlagJson : JsonSerializerContext;
