using System.Text.Json.Serialization;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Profiles;

/// <summary>The form of profiles in files and configuration; unknown members are refused, so that typing errors show.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MessageProcessingOptions))]
internal sealed partial class ProfileJson : JsonSerializerContext;
