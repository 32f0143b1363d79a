using System.Text.Json.Serialization;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Evaluations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Problems;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;

namespace Vivace.Contracts;

/// <summary>The wire form of every contract type: camel case, absent instead of null, source-generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CapabilitiesReply))]
[JsonSerializable(typeof(ProfileList))]
[JsonSerializable(typeof(ConversationReply))]
[JsonSerializable(typeof(ConversationList))]
[JsonSerializable(typeof(CreateConversationRequest))]
[JsonSerializable(typeof(UpdateConversationRequest))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(MessageReply))]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(ProcessingRequest))]
[JsonSerializable(typeof(ProcessingReport))]
[JsonSerializable(typeof(StreamEvent))]
[JsonSerializable(typeof(TurnDetails))]
[JsonSerializable(typeof(TurnUsage))]
[JsonSerializable(typeof(EvaluationSummary))]
[JsonSerializable(typeof(DeadLetterList))]
[JsonSerializable(typeof(RequeueReply))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractsJson : JsonSerializerContext;
