using Vivace.Api.Bodies;
using Vivace.Api.Problems;
using Vivace.Contracts;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>The JSON answer to a turn that has ended.</summary>
internal static class TurnReplies
{
    public static IResult Answer(TurnResult result, string agentName, bool replayed = false)
    {
        if (result.Status == TurnStatus.Done)
        {
            return new WireResult<MessageReply>(result.ToReply(agentName), ContractsJson.Default.MessageReply, replayed: replayed);
        }

        var problem = result switch
        {
            { Status: TurnStatus.Running } => ProblemKinds.InFlight(result.TurnId),
            { Status: TurnStatus.Cancelled } => ProblemKinds.Cancelled,
            { Failure: TurnFailure.Model } => ProblemKinds.ModelFailed,
            { Failure: TurnFailure.Deadline } => ProblemKinds.DeadlineExceeded,
            { Failure: TurnFailure.Store } => ProblemKinds.StoreUnavailable,
            { Failure: TurnFailure.Lost or TurnFailure.CrashLoop } => ProblemKinds.Lost,
            _ => ProblemKinds.Internal,
        };
        return new ProblemResult(problem.AfterAcceptance(result.TurnId, result.Processing), replayed: replayed);
    }
}
