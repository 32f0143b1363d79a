using Vivace.Api.Streams;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>How a turn ended, in the terms of the contract; the same whether it is answered at once or replayed.</summary>
internal sealed record TurnResult(
    string TurnId, string RoomId, TurnStatus Status, string Text, bool Responded, bool Blocked, TurnFailure Failure, ProcessingReport Processing)
{
    public static TurnResult Of(TurnContext context, TurnOutcome outcome) => new(
        context.Options.TurnId, context.Options.RoomId, outcome.Status, outcome.Text, outcome.Responded, outcome.Blocked, outcome.Failure,
        context.Options.Processing.ToReport() with { Models = outcome.Models, Timings = outcome.Timings });

    public static TurnResult Of(TurnRow row) => new(
        row.TurnId, row.RoomId, row.Status, row.Text ?? "", row.Responded, row.Blocked,
        TurnFailures.Read(row.Failure), StoredReport.Read(row.Processing));

    /// <summary>A turn that somebody else is to run.</summary>
    public static TurnResult StillRunning(TurnContext context) => new(
        context.Options.TurnId, context.Options.RoomId, TurnStatus.Running, "", false, false, TurnFailure.None, context.Options.Processing.ToReport());

    /// <summary>A turn whose conversation was deleted while it was read.</summary>
    public static TurnResult Gone(TurnKey turn, string shown)
        => new(turn.TurnId, turn.RoomId, TurnStatus.Cancelled, shown, false, false, TurnFailure.None, turn.Processing);

    public MessageReply ToReply(string agentName) => new()
    {
        Text = Text,
        AgentName = agentName,
        TurnId = TurnId,
        RoomId = RoomId,
        Responded = Responded,
        Blocked = Blocked,
        Processing = Processing,
    };
}
