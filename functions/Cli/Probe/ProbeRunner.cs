using System.Collections.Concurrent;
using Vivace.Cli.Hosting;
using Vivace.Client;
using Vivace.Client.Problems;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;

namespace Vivace.Cli.Probe;

/// <summary>Sends what a plan says and keeps what comes back; whatever it makes it deletes, also when it is interrupted.</summary>
internal sealed class ProbeRunner(CommandContext context, VivaceClient client, int atOnce)
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<ProbeError> errors = [];
    private readonly TurnProbe turns = new(client);
    private int done;
    private int planned;

    public async Task<ProbeRun> RunAsync(int rounds, CancellationToken cancellationToken)
    {
        var before = await client.Capabilities.GetAsync(cancellationToken);
        var plan = ProbePlan.Make(before, rounds);
        planned = plan.Sum(c => c.Turns.Count);
        var seen = new ConversationObservation?[plan.Count];
        await Parallel.ForEachAsync(
            plan.Index(), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (item, cancellation) => seen[item.Index] = await ConverseAsync(item.Item, cancellation));
        CapabilitiesReply after = await client.Capabilities.GetAsync(cancellationToken);
        return new ProbeRun(before, after, [.. seen.OfType<ConversationObservation>()], [.. errors.OrderBy(e => e.Conversation, StringComparer.Ordinal)]);
    }

    private async Task<ConversationObservation?> ConverseAsync(ProbeConversation plan, CancellationToken cancellationToken)
    {
        // Not interrupted: a conversation whose reply is lost could not be deleted.
        cancellationToken.ThrowIfCancellationRequested();
        if (await TryAsync(plan, null, () => client.Conversations.CreateAsync(
            new CreateConversationRequest { Title = "Probe", DefaultMode = plan.DefaultMode }, CancellationToken.None)) is not { } created)
        {
            return null;
        }

        var observation = new ConversationObservation(plan, created, []);
        try
        {
            observation = await ObserveAsync(observation, cancellationToken);
            context.Progress.Say($"{plan.Name}: {observation.Turns.Count} of {plan.Turns.Count} messages");
        }
        finally
        {
            var isGone = await CleanUpAsync(plan, created.Id);
            observation = observation with { IsGone = isGone };
        }

        return observation;
    }

    private async Task<ConversationObservation> ObserveAsync(ConversationObservation conversation, CancellationToken cancellationToken)
    {
        var (plan, id) = (conversation.Plan, conversation.Created.Id);
        var observed = new List<TurnObservation>();
        foreach (var turn in plan.Turns)
        {
            if (await TryAsync(plan, turn, () => turns.ObserveAsync(id, turn, cancellationToken)) is { } seen)
            {
                observed.Add(seen);
            }

            context.Progress.Show($"{Interlocked.Increment(ref done)} of {planned} messages");
        }

        return conversation with
        {
            Turns = observed,
            After = await TryAsync(plan, null, () => client.Conversations.GetAsync(id, cancellationToken)),
            History = (await TryAsync(plan, null, () => HistoryAsync(id, cancellationToken)))?.Messages,
        };
    }

    private async Task<MessageList> HistoryAsync(string conversationId, CancellationToken cancellationToken)
    {
        var page = await client.Messages.HistoryAsync(conversationId, cancellationToken: cancellationToken);
        while (page.Before is not null)
        {
            var older = await client.Messages.HistoryAsync(conversationId, page.Before, cancellationToken: cancellationToken);
            page = new MessageList([.. older.Messages, .. page.Messages], older.Before);
        }

        return page;
    }

    /// <summary>Whether the conversation is gone; under a limit of its own, since an interrupted probe cleans up too.</summary>
    private async Task<bool> CleanUpAsync(ProbeConversation plan, string conversationId)
    {
        using var limit = new CancellationTokenSource(CleanUpLimit, context.Time);
        try
        {
            await client.Conversations.DeleteAsync(conversationId, limit.Token);
            await client.Conversations.GetAsync(conversationId, limit.Token);
            return false;
        }
        catch (VivaceProblemException e) when (e.Status == 404)
        {
            return true;
        }
        catch (Exception e) when (e is VivaceProblemException or VivaceUnreachableException or VivaceProtocolException or OperationCanceledException)
        {
            errors.Add(new ProbeError(plan.Name, null, "not-deleted", $"Conversation {conversationId}: {e.Message}"));
            return false;
        }
    }

    /// <summary>Null where the server refused or answered something else; a server that is away ends the probe.</summary>
    private async Task<T?> TryAsync<T>(ProbeConversation plan, ProbeTurn? turn, Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (VivaceProblemException e) when (e.Status is not (401 or 403))
        {
            errors.Add(new ProbeError(plan.Name, turn?.Name, e.Kind, e.Message));
        }
        catch (VivaceProtocolException e)
        {
            errors.Add(new ProbeError(plan.Name, turn?.Name, "protocol", e.Message));
        }

        return null;
    }
}
