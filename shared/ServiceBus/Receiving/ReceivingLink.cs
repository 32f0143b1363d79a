using System.Collections.Concurrent;
using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Handler;
using Amqp.Types;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Receiving;

/// <summary>
/// A link that receives into a buffer and settles in two steps: an outcome is sent, and the broker's answer says whether it
/// still held the lock. Credit is given by hand, since the library's own comes back only with its one-step settlement.
/// </summary>
internal sealed class ReceivingLink : ReceiverLink
{
    private readonly string entityPath;
    private readonly TimeProvider time;
    private readonly Channel<(Message Message, DateTimeOffset At)> buffer = Channel.CreateUnbounded<(Message, DateTimeOffset)>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> settling = new();
    private readonly TaskCompletionSource<Attach> attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();

    /// <summary>Locks under which messages came and that have not been settled; null where there are no locks.</summary>
    private readonly HashSet<Guid>? unsettled;
    private int credit;

    public ReceivingLink(Session session, string name, Attach attach, string entityPath, TimeProvider time)
        : base(session, name, attach, static (link, answer) => ((ReceivingLink)link).OnAttached(answer))
    {
        (this.entityPath, this.time) = (entityPath, time);
        unsettled = attach.SndSettleMode == SenderSettleMode.Settled ? null : [];
        Start(0, (_, message) => OnMessage(message));
        AddClosedCallback((_, error) => OnClosed(error));
    }

    /// <summary>The session that the broker locked; null on a link without.</summary>
    public string? SessionId { get; private set; }

    /// <summary>When the session's lock ends.</summary>
    public DateTimeOffset SessionLockedUntil { get; private set; }

    public async Task WaitUntilAttachedAsync(CancellationToken cancellation)
    {
        Attach answer;
        try
        {
            answer = await attached.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            BeginClose();
            throw;
        }

        if (answer.Source is Source { FilterSet: { } filters } && filters.TryGetValue((Symbol)AmqpNames.SessionFilter, out var filter))
        {
            SessionId = (filter as DescribedValue)?.Value as string ?? filter as string;
        }

        if (answer.Properties is { } properties && properties.TryGetValue((Symbol)AmqpNames.LockedUntilProperty, out var until) && until is long ticks)
        {
            SessionLockedUntil = new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <summary>Lets the broker send until this many messages are on their way or in the buffer.</summary>
    /// <exception cref="ServiceBusException">The connection broke.</exception>
    public void Ask(int window)
    {
        int more;
        lock (gate)
        {
            more = window - credit - buffer.Reader.Count;
            if (more <= 0)
            {
                return;
            }

            credit += more;
        }

        try
        {
            SetCredit(more, CreditMode.Manual);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // The connection broke at this moment; the library says so in a way of its own.
            throw AmqpErrors.ToException(e, entityPath);
        }
    }

    /// <summary>Waits until there is something to take; false when nothing comes any more.</summary>
    /// <exception cref="ServiceBusException">The link broke.</exception>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
        => await buffer.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false);

    /// <param name="came">When it came, by this machine's clock.</param>
    public bool TryTake(out Message message, out DateTimeOffset came)
    {
        var taken = buffer.Reader.TryRead(out var next);
        (message, came) = next;
        return taken;
    }

    /// <summary>A message that is not handed on, since its lock has ended.</summary>
    public void Forget(Message message)
    {
        lock (gate)
        {
            unsettled?.Remove(new Guid(message.DeliveryTag));
        }
    }

    /// <summary>Sends the outcome and waits for the broker's word.</summary>
    public async Task SettleAsync(Message message, Outcome outcome, CancellationToken cancellation)
    {
        var token = new Guid(message.DeliveryTag);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        settling[token] = answer;
        try
        {
            if (IsClosed)
            {
                throw LockLost(Error);
            }

            AmqpInternals.SendOutcome(this, message, outcome);
            await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            settling.TryRemove(token, out _);
            lock (gate)
            {
                unsettled?.Remove(token);
            }
        }
    }

    /// <summary>The broker's answer to a settlement.</summary>
    public void OnAnswer(IDelivery delivery)
    {
        if (!settling.TryGetValue(new Guid(delivery.Tag), out var asked))
        {
            return;
        }

        if (delivery.State is Rejected { Error: { } error } && error.Condition.ToString() != AmqpNames.Condition.DeadLetter)
        {
            asked.TrySetException(AmqpErrors.ToException(error, entityPath));
        }
        else
        {
            asked.TrySetResult();
        }
    }

    /// <summary>Detaches and ends the link's session; complete when the broker has confirmed that, or the connection is gone.</summary>
    public async Task DetachAsync(TimeSpan limit, TimeProvider time)
    {
        BeginClose();
        await closed.Task.WaitAsync(limit, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void BeginClose()
    {
        try
        {
            Close(TimeSpan.Zero);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // It was closing already.
        }
    }

    private void OnAttached(Attach answer)
    {
        // Without a source the broker refuses; the reason comes with the detach.
        if (answer.Source is not null)
        {
            attached.TrySetResult(answer);
        }
    }

    private void OnMessage(Message message)
    {
        lock (gate)
        {
            credit--;

            // One lock is one delivery: a copy of it is not handled again, though it has used up credit.
            if (unsettled?.Add(new Guid(message.DeliveryTag)) ?? true)
            {
                buffer.Writer.TryWrite((message, time.GetUtcNow()));
            }
        }
    }

    private void OnClosed(Error? error)
    {
        var fault = LockLost(error);
        attached.TrySetException(AmqpErrors.ToException(error, entityPath));
        buffer.Writer.TryComplete(AmqpErrors.ToException(error, entityPath));
        foreach (var asked in settling.Values)
        {
            asked.TrySetException(fault);
        }

        closed.TrySetResult();
        try
        {
            Session.Close(TimeSpan.Zero);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // The connection went first.
        }
    }

    private ServiceBusException LockLost(Error? error)
        => new ServiceBusException(
            error?.Description ?? "The link was closed before the message was settled.",
            SessionId is null ? ServiceBusFailureReason.MessageLockLost : ServiceBusFailureReason.SessionLockLost,
            entityPath);
}
