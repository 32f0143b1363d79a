using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Connections;
using Vivace.ServiceBus.Receiving;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus;

/// <summary>Receives and settles the messages of a queue. Its link is made when it is needed, and anew when it broke.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    private protected static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim attaching = new(1, 1);
    private volatile bool disposed;

    /// <summary>Messages in a row that came after the end of their lock.</summary>
    private int cameLate;

    private protected ServiceBusReceiver(EntityParts parts, int prefetch, ServiceBusReceiveMode mode)
    {
        (Parts, PrefetchCount, ReceiveMode) = (parts, prefetch, mode);
        EntityPath = parts.EntityPath;
    }

    internal ServiceBusReceiver(EntityParts parts, ServiceBusReceiverOptions options)
        : this(parts, options.PrefetchCount, options.ReceiveMode)
    {
    }

    /// <summary>The queue, or its dead-letter queue.</summary>
    public string EntityPath { get; }

    public int PrefetchCount { get; }

    public ServiceBusReceiveMode ReceiveMode { get; }

    private protected EntityParts Parts { get; }

    private protected ReceivingLink? Link { get; set; }

    /// <summary>One message; null when none came within <paramref name="maxWaitTime"/> (default: 60 s).</summary>
    public async Task<ServiceBusReceivedMessage?> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
        => (await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken).ConfigureAwait(false)) is [var message, ..] ? message : null;

    /// <summary>
    /// What there is, in the queue's order, at most <paramref name="maxMessages"/>; waits for the first at most
    /// <paramref name="maxWaitTime"/> (default: 60 s) and returns none after that.
    /// </summary>
    /// <exception cref="ServiceBusException">The queue cannot be reached, or the lock of the session was lost.</exception>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        var link = await LinkAsync(cancellationToken).ConfigureAwait(false);
        var window = PrefetchCount > 0 ? PrefetchCount : maxMessages;
        link.Ask(window);
        var received = new List<ServiceBusReceivedMessage>();
        Take(link, maxMessages, received);
        if (received.Count > 0)
        {
            return received;
        }

        using var limit = new CancellationTokenSource(maxWaitTime ?? DefaultWait, Parts.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            do
            {
                // What came too late to be taken has used up credit.
                link.Ask(window);
                if (!await link.WaitAsync(linked.Token).ConfigureAwait(false))
                {
                    break;
                }

                Take(link, maxMessages, received);
            }
            while (received.Count == 0);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing came in time.
        }

        return received;
    }

    /// <summary>Removes the message from the queue.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageLockLost"/>: it will be delivered again.</exception>
    public Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => SettleAsync(message, ServiceBusOperation.Complete, new Accepted(), cancellationToken);

    /// <summary>The same for several, all on their way at once.</summary>
    public Task CompleteMessagesAsync(IEnumerable<ServiceBusReceivedMessage> messages, CancellationToken cancellationToken = default)
        => Task.WhenAll([.. messages.Select(message => CompleteMessageAsync(message, cancellationToken))]);

    /// <summary>Gives the message back; it is delivered again at once.</summary>
    public Task AbandonMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => SettleAsync(message, ServiceBusOperation.Abandon, new Modified { DeliveryFailed = true }, cancellationToken);

    /// <summary>Sets the message aside; from then on only its sequence number brings it.</summary>
    public Task DeferMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => SettleAsync(message, ServiceBusOperation.Defer, new Modified { UndeliverableHere = true }, cancellationToken);

    /// <summary>Moves the message to the dead-letter queue.</summary>
    /// <param name="deadLetterReason">Up to 4,096 characters.</param>
    public Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
        => SettleAsync(message, ServiceBusOperation.DeadLetter, Outcomes.DeadLetter(deadLetterReason, deadLetterErrorDescription), cancellationToken);

    /// <summary>Extends the message's lock by the queue's lock duration.</summary>
    public async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        var answer = await ManageAsync(
            AmqpNames.Operation.RenewLock, new Map { ["lock-tokens"] = new[] { message.LockToken } }, cancellationToken).ConfigureAwait(false);
        if (answer["expirations"] is DateTime[] and [var until, ..])
        {
            message.LockedUntil = new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc));
        }
    }

    /// <summary>The next message from a sequence number on, whether locked or not, without receiving it; null when there is none.</summary>
    public async Task<ServiceBusReceivedMessage?> PeekMessageAsync(long fromSequenceNumber = 0, CancellationToken cancellationToken = default)
        => (await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken).ConfigureAwait(false)) is [var message, ..] ? message : null;

    /// <summary>The same for several, in order.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long fromSequenceNumber = 0, CancellationToken cancellationToken = default)
    {
        var request = new Map { ["from-sequence-number"] = fromSequenceNumber, ["message-count"] = maxMessages };
        return Enclosed.Read(await ManageAsync(AmqpNames.Operation.PeekMessage, ForSession(request), cancellationToken).ConfigureAwait(false), isPeeked: true);
    }

    /// <summary>A message that was set aside.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.MessageNotFound"/></exception>
    public async Task<ServiceBusReceivedMessage> ReceiveDeferredMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default)
    {
        var request = new Map { ["sequence-numbers"] = new[] { sequenceNumber }, ["receiver-settle-mode"] = ReceiveMode == ServiceBusReceiveMode.PeekLock ? 1u : 0u };
        // Once: a message that an earlier try has locked would not be found by the next.
        var answer = await Parts.Retrying.OnceAsync(
            EntityPath, token => AskAsync(AmqpNames.Operation.ReceiveBySequenceNumber, ForSession(request), token), cancellationToken).ConfigureAwait(false);
        return Enclosed.Read(answer, isPeeked: false) is [var message, ..]
            ? message
            : throw new ServiceBusException($"There is no deferred message {sequenceNumber}.", ServiceBusFailureReason.MessageNotFound, EntityPath);
    }

    /// <summary>Gives back what was received and not settled, and lets go of the session at once.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        disposed = true;
        GC.SuppressFinalize(this);
        await attaching.WaitAsync().ConfigureAwait(false);
        try
        {
            if (Link is { } link)
            {
                await link.DetachAsync(CloseLimit, Parts.Time).ConfigureAwait(false);
            }
        }
        finally
        {
            attaching.Release();
        }
    }

    private protected virtual Map ForSession(Map request) => request;

    private protected Task<Map> ManageAsync(string operation, Map request, CancellationToken cancellation)
        => Parts.Retrying.RunAsync(EntityPath, token => AskAsync(operation, request, token), cancellation);

    private Task<Map> AskAsync(string operation, Map request, CancellationToken cancellation)
        => Parts.AskAsync(operation, request, Link is { IsClosed: false } link ? link.Name : null, cancellation);

    private protected virtual async ValueTask<ReceivingLink> LinkAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Link is { IsClosed: false } open)
        {
            return open;
        }

        await attaching.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return Link is { IsClosed: false } attached ? attached : Link = await Parts.Retrying.RunAsync(EntityPath, AttachAsync, cancellation).ConfigureAwait(false);
        }
        finally
        {
            attaching.Release();
        }
    }

    private async Task<ReceivingLink> AttachAsync(CancellationToken cancellation)
        => await (await Parts.Connection.GetAsync(cancellation).ConfigureAwait(false))
            .AttachReceiverAsync(EntityPath, ReceiveMode, PrefetchCount, null, null, cancellation).ConfigureAwait(false);

    private void Take(ReceivingLink link, int most, List<ServiceBusReceivedMessage> received)
    {
        while (received.Count < most && link.TryTake(out var message, out var came))
        {
            var locked = ReceiveMode == ServiceBusReceiveMode.PeekLock;
            var read = MessageReader.Read(message, locked ? new Guid(message.DeliveryTag) : Guid.Empty, isPeeked: false, isDelivery: locked);

            // What was on its way, or waited here, for longer than its lock has gone back to the queue.
            if (locked && link.SessionId is null && HasEnded(read.LockedUntil, came))
            {
                link.Forget(message);
            }
            else
            {
                received.Add(read);
            }
        }
    }

    /// <summary>
    /// Where the locks of one message after the other had ended when it came, this machine's clock is ahead of the broker's, and
    /// only a settlement can tell.
    /// </summary>
    private bool HasEnded(DateTimeOffset lockedUntil, DateTimeOffset came)
    {
        cameLate = came < lockedUntil || lockedUntil == default ? 0 : cameLate + 1;
        return cameLate < 2 && lockedUntil != default && lockedUntil <= Parts.Time.GetUtcNow();
    }

    private async Task SettleAsync(ServiceBusReceivedMessage message, ServiceBusOperation operation, Outcome outcome, CancellationToken cancellation)
    {
        if (ReceiveMode != ServiceBusReceiveMode.PeekLock || message.LockToken == Guid.Empty)
        {
            throw new InvalidOperationException("Only messages received under a lock can be settled.");
        }

        await Parts.BeforeAsync(operation).ConfigureAwait(false);
        if (message.Delivery is { } delivery && delivery.GetDelivery().Link is ReceivingLink link)
        {
            await Parts.Retrying.OnceAsync(
                EntityPath,
                async token =>
                {
                    await link.SettleAsync(delivery, outcome, token).ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
        else
        {
            await ManageAsync(AmqpNames.Operation.UpdateDisposition, ForSession(Outcomes.ToRequest(message.LockToken, outcome)), cancellation).ConfigureAwait(false);
        }

        await Parts.AfterAsync(operation).ConfigureAwait(false);
    }
}
