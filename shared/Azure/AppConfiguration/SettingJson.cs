using System.Text.Json.Serialization;

namespace Vivace.Azure.AppConfiguration;

/// <summary>The bodies of the protocol.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConfigurationSetting))]
[JsonSerializable(typeof(SettingList))]
[JsonSerializable(typeof(SettingBody))]
internal sealed partial class SettingJson : JsonSerializerContext;
