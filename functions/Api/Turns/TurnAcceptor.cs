using System.Security.Cryptography;
using Vivace.Api.Limits;
using Vivace.Api.Problems;
using Vivace.Api.Profiles;
using Vivace.Api.Settings;
using Vivace.Contracts.Conversations;
using Vivace.Rollouts.Flags;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Accepts a message: resolves how it is processed and writes it down, or leaves that to the run that begins at once.</summary>
internal sealed class TurnAcceptor(
    IConversationStore conversations,
    ITurnStore turns,
    IFlagSource flags,
    LiveProfiles profiles,
    OwnerLimits limits,
    ProcessingSettings processing,
    LiveTurns live,
    HandOver handOver,
    InstanceId instance,
    IdGenerator ids,
    TimeProvider time)
{
    public async ValueTask<Acceptance> AcceptAsync(IncomingMessage message, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var caller = message.Caller;
        if (await conversations.FindStateAsync(caller.Owner, message.ConversationId, cancellation) is not var (conversation, turnsBefore))
        {
            return Acceptance.Refused(ProblemKinds.NotFound("conversation"));
        }

        if (message.Key is { } key && await turns.FindKeyAsync(caller.Owner, conversation.Id, key, time.GetUtcNow(), cancellation) is { } used)
        {
            return used.PayloadHash == Hash(message) ? Acceptance.Duplicate(used.TurnId) : Acceptance.Refused(ProblemKinds.KeyReused);
        }

        if (limits.TakeMessage(caller.Owner) is { } wait)
        {
            return Acceptance.Refused(ProblemKinds.TooManyRequests, wait);
        }

        var unit = caller.RolloutUnit ?? conversation.Id;
        var flagged = await flags.Current.DecideAsync(unit, caller.Groups, cancellation);
        var decision = Decide(message, conversation, flagged);
        var rollout = message.IsProbe ? null : TurnRollouts.Of(flagged, unit, decision, time.GetUtcNow());
        var row = NewRow(message, conversation, decision, rollout);
        return message is { Key: null, Streamed: false }
            ? Begin(row, message, conversation, decision, turnsBefore + 1, started)
            : await WriteAsync(row, message, conversation, decision, started, cancellation);
    }

    /// <summary>
    /// A turn that runs here and that no key names is written down by its run, beside what it waits for: nobody but this
    /// request can know of it before.
    /// </summary>
    private Acceptance Begin(
        TurnAcceptance row, IncomingMessage message, Conversation conversation, ProcessingDecision decision, long number, long started)
    {
        var context = TurnContext.Create(ToOptions(row, message, conversation, decision, number), started);
        return live.TryBegin(row.TurnId) is { } running
            ? Acceptance.Of(new AcceptedTurn(context, running, row))
            : Acceptance.Refused(ProblemKinds.Stopping, TimeSpan.FromSeconds(1));
    }

    /// <summary>A turn that is to run here is known here before it is written down, so that no cancellation is missed.</summary>
    private async ValueTask<Acceptance> WriteAsync(
        TurnAcceptance row, IncomingMessage message, Conversation conversation, ProcessingDecision decision, long started, CancellationToken cancellation)
    {
        var running = message.Streamed ? null : live.TryBegin(row.TurnId);
        if (running is null && !message.Streamed)
        {
            return Acceptance.Refused(ProblemKinds.Stopping, TimeSpan.FromSeconds(1));
        }

        var accepted = false;
        try
        {
            var outcome = await turns.AcceptAsync(row, cancellation);
            accepted = outcome.Kind == AcceptKind.Accepted;
            return outcome.Kind switch
            {
                AcceptKind.Accepted => Acceptance.Of(
                    new AcceptedTurn(TurnContext.Create(ToOptions(row, message, conversation, decision, outcome.Number), started), running)),
                AcceptKind.Duplicate => Acceptance.Duplicate(outcome.ExistingTurnId!),
                AcceptKind.KeyReused => Acceptance.Refused(ProblemKinds.KeyReused),
                _ => Acceptance.Refused(ProblemKinds.NotFound("conversation")),
            };
        }
        finally
        {
            if (!accepted && running is not null)
            {
                live.End(running);
            }
        }
    }

    private ProcessingDecision Decide(IncomingMessage message, Conversation conversation, FlagDecision says)
    {
        var gates = new ProcessingGates
        {
            ContractOn = says.ContractOn,
            RuntimeOn = says.RuntimeOn,
            Arm = says.Arm,
            IsCohort = says.Assignment == RolloutAssignment.Cohort,
            FlagVersion = says.Version,
            TakeFastQuota = () => limits.TakeFast(message.Caller.Owner),
        };
        return ProcessingResolver.Resolve(message.Body.Processing, conversation.DefaultMode, processing.Mode, gates, profiles.Current);
    }

    private TurnAcceptance NewRow(IncomingMessage message, Conversation conversation, ProcessingDecision decision, TurnRollout? rollout)
    {
        var now = rollout?.At ?? time.GetUtcNow();
        return new TurnAcceptance
        {
            TurnId = ids.Next(),
            ConversationId = conversation.Id,
            Owner = message.Caller.Owner,
            RoomId = conversation.RoomId,
            MessageId = ids.Next(),
            Text = message.Body.Text,
            ChannelType = message.Body.ChannelType,
            Streamed = message.Streamed,
            Processing = StoredReport.Write(decision.ToReport()),
            Rollout = rollout,
            At = now,
            Worker = message.Streamed ? null : instance.Value,
            DueAt = message.Streamed ? handOver.UnlessBegun() : handOver.UnlessEnded(decision.Profile),
            IdempotencyKey = message.Key,
            PayloadHash = message.Key is null ? null : Hash(message),
        };
    }

    private static string Hash(IncomingMessage message) => Convert.ToHexStringLower(SHA256.HashData(message.RawBody.Span));

    private static RuntimeCallOptions ToOptions(
        TurnAcceptance row, IncomingMessage message, Conversation conversation, ProcessingDecision decision, long number) => new()
        {
            TurnId = row.TurnId,
            ConversationId = row.ConversationId,
            RoomId = row.RoomId,
            Owner = row.Owner,
            Number = number,
            Text = row.Text,
            ChannelType = row.ChannelType,
            Streamed = message.Streamed,
            Muted = conversation.Muted,
            Rollout = row.Rollout,
            Fault = message.Fault,
            Processing = decision,
        };
}
