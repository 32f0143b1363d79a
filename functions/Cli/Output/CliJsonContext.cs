using System.Text.Json.Serialization;
using Vivace.Cli.Chat;
using Vivace.Cli.Probe;
using Vivace.Cli.Send;
using Vivace.Client.Profiles;

namespace Vivace.Cli.Output;

/// <summary>What the program prints under <c>--json</c>, beside the types of the contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureOutput))]
[JsonSerializable(typeof(SendOutput))]
[JsonSerializable(typeof(ConversationLine))]
[JsonSerializable(typeof(ProfileListing))]
[JsonSerializable(typeof(ProbeReport))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
