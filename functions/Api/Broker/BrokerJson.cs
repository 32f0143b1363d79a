using System.Text.Json.Serialization;

namespace Vivace.Api.Broker;

/// <summary>How the broker's address is kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BrokerAddress))]
internal sealed partial class BrokerJson : JsonSerializerContext;
