using Vivace.Api.Turns;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Streams;

/// <summary>The events that follow from how a turn ended.</summary>
internal static class StreamEvents
{
    public static StreamEvent Terminal(TurnResult result, string agentName)
    {
        var ended = new StreamEvent { Type = TypeOf(result.Status), TurnId = result.TurnId, FullText = result.Text, Processing = result.Processing };
        return result.Status switch
        {
            TurnStatus.Done => ended with { AgentName = agentName, RoomId = result.RoomId, Responded = result.Responded, Blocked = result.Blocked },
            TurnStatus.Failed => ended with { Code = CodeOf(result.Failure), Message = MessageOf(result.Failure) },
            _ => ended,
        };
    }

    private static string TypeOf(TurnStatus status) => status switch
    {
        TurnStatus.Done => StreamEventTypes.Done,
        TurnStatus.Cancelled => StreamEventTypes.Cancelled,
        TurnStatus.Interrupted => StreamEventTypes.Interrupted,
        _ => StreamEventTypes.Error,
    };

    private static string CodeOf(TurnFailure failure) => failure switch
    {
        TurnFailure.Model => "model-failed",
        TurnFailure.Deadline => "deadline-exceeded",
        TurnFailure.Store => "store-unavailable",
        TurnFailure.Lost => "lost",
        TurnFailure.CrashLoop => "crash-loop",
        _ => "internal",
    };

    private static string MessageOf(TurnFailure failure) => failure switch
    {
        TurnFailure.Model => "The model did not answer.",
        TurnFailure.Deadline => "The reply took too long.",
        TurnFailure.Store => "The store is not available.",
        TurnFailure.Lost => "The process that ran the turn was lost.",
        TurnFailure.CrashLoop => "The turn was begun again and again and never ended.",
        _ => "The server failed.",
    };
}
