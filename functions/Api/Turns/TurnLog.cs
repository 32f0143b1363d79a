using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>The one line that each turn leaves at information, and what goes with it.</summary>
internal static partial class TurnLog
{
    public static void Ended(ILogger logger, TurnContext context, TurnOutcome outcome, TurnResult result)
    {
        var report = result.Processing;
        if (report.Reason is { } reason)
        {
            Fallback(logger, result.TurnId, report.Requested.Mode, report.Effective.Mode, reason);
        }

        if (!logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        Ended(
            logger, result.TurnId, context.Options.ConversationId, result.RoomId, result.Status, result.Failure, report.Requested.Mode, report.Effective.Mode,
            report.Effective.Profile, report.DecidedBy, report.Reason, report.Arm, report.FlagVersion, report.Path,
            string.Join(',', outcome.Models.Select(m => m.Requested)), outcome.Timings.TotalMs, string.Join(' ', outcome.Timings.Stages.Select(s => $"{s.Key}={s.Value:0.0}")));
        Chosen(logger, result.TurnId, string.Join(' ', outcome.Used.Providers.Select(p => p.Name)), string.Join(' ', outcome.Used.ActionsShown));
    }

    [LoggerMessage(LogLevel.Information, "Turn {TurnId} conversation {ConversationId} room {RoomId} {Status} failure {Failure}; requested {Requested} effective {Effective} profile {Profile} by {DecidedBy} reason {Reason} arm {Arm} flags {FlagVersion} path {Path}; models {Models}; {TotalMs:0.0} ms: {Stages}")]
    private static partial void Ended(
        ILogger logger, string turnId, string conversationId, string roomId, TurnStatus status, TurnFailure failure, ProcessingMode requested, ProcessingMode effective,
        string profile, DecidedBy decidedBy, FallbackReason? reason, RolloutArm arm, string flagVersion, string path, string models, double totalMs, string stages);

    [LoggerMessage(LogLevel.Debug, "Turn {TurnId} used providers {Providers} and was shown actions {Actions}")]
    private static partial void Chosen(ILogger logger, string turnId, string providers, string actions);

    [LoggerMessage(LogLevel.Warning, "Turn {TurnId} asked for {Requested} and was served {Effective}: {Reason}")]
    private static partial void Fallback(ILogger logger, string turnId, ProcessingMode requested, ProcessingMode effective, FallbackReason reason);
}
