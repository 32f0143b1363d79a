using System.Text.Json.Serialization;
using Vivace.Cli.Chat;
using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Probe;
using Vivace.Cli.Rollout.Plan;
using Vivace.Cli.Rollout.Simulate;
using Vivace.Cli.Send;
using Vivace.Client.Profiles;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Output;

/// <summary>What the program prints under <c>--json</c>, beside the types of the contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FailureOutput))]
[JsonSerializable(typeof(SendOutput))]
[JsonSerializable(typeof(ConversationLine))]
[JsonSerializable(typeof(ProfileListing))]
[JsonSerializable(typeof(ProbeReport))]
[JsonSerializable(typeof(RolloutHistory))]
[JsonSerializable(typeof(PlanCheck))]
[JsonSerializable(typeof(SimulateOutput))]
[JsonSerializable(typeof(DrillReport))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
