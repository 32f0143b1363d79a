using System.Text.Json;
using Vivace.Api.Hosting;
using Vivace.Api.Turns;
using Vivace.Contracts;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Api.HandOver;

/// <summary>
/// Ends turns whose process was lost: where text had been shown the turn is interrupted and keeps it, else it failed. A
/// turn is due only after its deadline, so that one that still runs is never touched.
/// </summary>
internal sealed partial class HandOverLoop(
    ITurnStore turns, LiveTurns live, VivaceMetrics metrics, IdGenerator ids, TimeProvider time, ILogger<HandOverLoop> logger) : RepeatingLoop(time, logger)
{
    private const int BatchSize = 64;
    private const int ForgottenKeys = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider time = time;
    private readonly ILogger logger = logger;

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await turns.ForgetKeysAsync(time.GetUtcNow(), ForgottenKeys, stopping);
        foreach (var turn in await turns.DueHandOversAsync(time.GetUtcNow(), BatchSize, stopping))
        {
            await EndAsync(turn, stopping);
        }

        return Interval;
    }

    private async Task EndAsync(TurnRow turn, CancellationToken cancellation)
    {
        if (live.Find(turn.TurnId) is not null)
        {
            return;
        }

        var shown = turn.StreamingAttempt is not null;
        var ended = await turns.CompleteAsync(
            new TurnCompletion
            {
                TurnId = turn.TurnId,
                ConversationId = turn.ConversationId,
                Owner = turn.Owner,
                RoomId = turn.RoomId,
                Number = turn.Number,
                Attempt = turn.Attempt,
                Status = shown ? TurnStatus.Interrupted : TurnStatus.Failed,
                Text = turn.Checkpoint ?? "",
                ReplyMessageId = ids.Next(),
                Failure = shown ? null : "lost",
                Processing = turn.Processing,
                Used = JsonSerializer.Serialize(new TurnUsage { ProfileHash = "" }, WireJson.Context.TurnUsage),
                At = time.GetUtcNow(),
            },
            cancellation);
        if (ended)
        {
            var status = shown ? TurnStatus.Interrupted : TurnStatus.Failed;
            metrics.LostTurnEnded(StoredReport.Read(turn.Processing), turn.Streamed, status, shown ? TurnFailure.None : TurnFailure.Lost);
            Log.Ended(logger, turn.TurnId, status);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Turn {TurnId} was lost with its process and ends {Status}")]
        public static partial void Ended(ILogger logger, string turnId, TurnStatus status);
    }
}
