using System.Text.Json.Serialization;

namespace Vivace.Client.Profiles;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProfileListing))]
internal sealed partial class ProfilesJson : JsonSerializerContext;
