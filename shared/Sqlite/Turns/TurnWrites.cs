using Vivace.Contracts.Messages;
using Vivace.Runtime.Storage;
using Vivace.Sqlite.Evaluations;

namespace Vivace.Sqlite.Turns;

/// <summary>The two transactions of a turn, its acceptance and its end, and the one of a turn that has ended by the time it is written.</summary>
internal static class TurnWrites
{
    /// <summary>The text shown; null while the turn runs. Older versions kept it in the turn's row.</summary>
    public const string ShownText = "COALESCE(t.own_text, (SELECT r.text FROM messages r WHERE r.conversation_id = t.conversation_id AND r.number = 2 * t.number))";

    /// <summary>Kept out of later prompts.</summary>
    private const string Hidden = "";

    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(24);

    public static AcceptOutcome Accept(SqliteSession session, TurnAcceptance turn)
    {
        if (turn.IdempotencyKey is not null && FindKey(session, turn.Owner, turn.ConversationId, turn.IdempotencyKey, turn.At) is { } used)
        {
            return used.PayloadHash == turn.PayloadHash
                ? new AcceptOutcome(AcceptKind.Duplicate, ExistingTurnId: used.TurnId)
                : new AcceptOutcome(AcceptKind.KeyReused, ExistingTurnId: used.TurnId);
        }

        var number = NextNumber(session, turn);
        if (number == 0)
        {
            return new AcceptOutcome(AcceptKind.UnknownConversation);
        }

        InsertAsked(session, turn, number, Hidden);
        session
            .Prepare("INSERT INTO turns (id, conversation_id, room_id, owner, number, status, attempt, channel_type, streamed, processing, created, worker, due, rollout, rollout_unit, rollout_arm, rollout_percent, rollout_cohort, rollout_asked) "
                + "VALUES (?1, ?2, ?3, ?4, ?5, 0, ?10, ?6, ?7, ?8, ?9, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)")
            .Run(
                turn.TurnId, turn.ConversationId, turn.RoomId, turn.Owner, number, (int)turn.ChannelType, turn.Streamed, turn.Processing, turn.At,
                turn.Worker is null ? 0 : 1, turn.Worker, turn.DueAt,
                turn.Rollout?.RolloutId, turn.Rollout?.Unit, (int?)turn.Rollout?.Arm, turn.Rollout?.Percent, turn.Rollout?.Cohort, turn.Rollout?.AskedFast);
        if (turn.IdempotencyKey is not null)
        {
            session
                .Prepare("INSERT OR REPLACE INTO idempotency (owner, conversation_id, key, turn_id, payload_hash, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                .Run(turn.Owner, turn.ConversationId, turn.IdempotencyKey, turn.TurnId, turn.PayloadHash, turn.At);
        }

        return new AcceptOutcome(AcceptKind.Accepted, number);
    }

    public static CompletionOutcome Complete(SqliteSession session, TurnCompletion turn)
    {
        var ended = session
            .Prepare("UPDATE turns SET status = ?3, own_text = ?4, rewritten_text = ?5, responded = ?6, blocked = ?7, failure = ?8, processing = ?9, used = ?10, ended = ?11, checkpoint = NULL WHERE id = ?1 AND attempt = ?2 AND status = 0 AND (cancel_requested = 0 OR ?3 <> 1)")
            .Run(turn.TurnId, turn.Attempt, (int)turn.Status, TextOf(turn), turn.RewrittenText, turn.Responded, turn.Blocked, turn.Failure, turn.Processing, turn.Used, turn.At);
        if (ended == 0)
        {
            return WhyNot(session, turn);
        }

        if (!turn.Blocked)
        {
            session
                .Prepare("UPDATE messages SET prompt_text = ?3 WHERE conversation_id = ?1 AND number = ?2")
                .Run(turn.ConversationId, MessageNumber.OfUser(turn.Number), turn.RewrittenText);
        }

        InsertReply(session, turn, turn.Number);
        return CompletionOutcome.Written;
    }

    /// <summary>Both in one, for a turn that nobody has heard of: the row is written once, as it ended.</summary>
    public static AcceptOutcome Record(SqliteSession session, TurnAcceptance turn, TurnCompletion end)
    {
        var number = NextNumber(session, turn);
        if (number == 0)
        {
            return new AcceptOutcome(AcceptKind.UnknownConversation);
        }

        InsertAsked(session, turn, number, end.Blocked ? Hidden : end.RewrittenText);
        session
            .Prepare("INSERT INTO turns (id, conversation_id, room_id, owner, number, status, attempt, channel_type, streamed, own_text, rewritten_text, responded, blocked, failure, processing, used, created, ended, worker, due, rollout, rollout_unit, rollout_arm, rollout_percent, rollout_cohort, rollout_asked) "
                + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)")
            .Run(
                turn.TurnId, turn.ConversationId, turn.RoomId, turn.Owner, number, (int)end.Status, end.Attempt, (int)turn.ChannelType, turn.Streamed, TextOf(end),
                end.RewrittenText, end.Responded, end.Blocked, end.Failure, end.Processing, end.Used, turn.At, end.At, turn.Worker, turn.DueAt,
                turn.Rollout?.RolloutId, turn.Rollout?.Unit, (int?)turn.Rollout?.Arm, turn.Rollout?.Percent, turn.Rollout?.Cohort, turn.Rollout?.AskedFast);
        InsertReply(session, end, number);
        return new AcceptOutcome(AcceptKind.Accepted, number);
    }

    private static CompletionOutcome WhyNot(SqliteSession session, TurnCompletion turn)
        => session.Prepare("SELECT 1 FROM turns WHERE id = ?1 AND attempt = ?2 AND status = 0").QuerySingle(row => row.Int(0), turn.TurnId, turn.Attempt) == 1
            ? CompletionOutcome.CancelRequested
            : CompletionOutcome.Superseded;

    public static UsedKey? FindKey(SqliteSession session, string owner, string conversationId, string key, DateTimeOffset at)
        => session
            .Prepare("SELECT turn_id, payload_hash FROM idempotency WHERE owner = ?1 AND conversation_id = ?2 AND key = ?3 AND created > ?4")
            .QuerySingle(row => new UsedKey(row.Text(0), row.Text(1)), owner, conversationId, key, at - KeyLifetime);

    public static int ForgetKeys(SqliteSession session, DateTimeOffset at, int limit)
        => session
            .Prepare("DELETE FROM idempotency WHERE (owner, conversation_id, key) IN (SELECT owner, conversation_id, key FROM idempotency WHERE created <= ?1 LIMIT ?2 + 0)")
            .Run(at - KeyLifetime, limit);

    /// <summary>0 where there is no such conversation.</summary>
    private static long NextNumber(SqliteSession session, TurnAcceptance turn)
        => session
            .Prepare("UPDATE conversations SET turns = turns + 1, updated = ?3 WHERE id = ?1 AND owner = ?2 RETURNING turns")
            .QuerySingle(row => row.Long(0), turn.ConversationId, turn.Owner, turn.At);

    /// <summary>Text that is shown stands in the reply's row and nowhere else.</summary>
    private static string? TextOf(TurnCompletion turn) => turn.Text.Length > 0 ? null : "";

    private static void InsertAsked(SqliteSession session, TurnAcceptance turn, long number, string? promptText)
        => InsertMessage(session, turn.ConversationId, MessageNumber.OfUser(number), turn.MessageId, turn.TurnId, MessageRole.User, turn.Text, promptText, turn.At, Source(turn.ChannelType));

    private static void InsertReply(SqliteSession session, TurnCompletion turn, long number)
    {
        if (turn.Text.Length > 0)
        {
            InsertMessage(session, turn.ConversationId, MessageNumber.OfReply(number), turn.ReplyMessageId, turn.TurnId, MessageRole.Assistant, turn.Text, turn.Blocked ? Hidden : null, turn.At, turn.Source);
        }

        foreach (var evaluation in turn.Evaluations)
        {
            EvaluationWrites.Insert(session, evaluation, number, turn.Owner, turn.RoomId, turn.At, turn.EvaluationsOverdueAt);
        }
    }

    private static void InsertMessage(
        SqliteSession session, string conversationId, long number, string id, string turnId, MessageRole role, string text, string? promptText, DateTimeOffset at, string? source)
        => session
            .Prepare("INSERT INTO messages (conversation_id, number, id, turn_id, role, text, prompt_text, created, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
            .Run(conversationId, number, id, turnId, (int)role, text, promptText, at, source);

    private static string Source(ChannelType channel) => channel switch
    {
        ChannelType.Group => "GROUP",
        ChannelType.VoiceDm => "VOICE_DM",
        ChannelType.VoiceGroup => "VOICE_GROUP",
        ChannelType.Api => "API",
        _ => "DM",
    };
}
