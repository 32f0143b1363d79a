using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Connections;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus;

/// <summary>
/// Sends to a queue. A send that fails in a way that may pass is tried again; since the first try may have arrived, give
/// messages an id and let the queue detect duplicates where that matters. For any number of threads.
/// </summary>
public sealed class ServiceBusSender : IAsyncDisposable
{
    private readonly EntityParts parts;
    private readonly SemaphoreSlim attaching = new(1, 1);
    private SenderLink? link;
    private volatile bool disposed;

    internal ServiceBusSender(EntityParts parts) => this.parts = parts;

    public string EntityPath => parts.EntityPath;

    /// <summary>Complete when the broker has the message for good.</summary>
    /// <exception cref="ServiceBusException">The broker refused it or cannot be reached.</exception>
    public Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        => SendAsync(() => MessageWriter.Write(message), cancellationToken);

    /// <summary>Several as one transfer: all are taken or none.</summary>
    public Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        var batch = messages.ToList();
        return batch.Count == 0 ? Task.CompletedTask : SendAsync(() => MessageWriter.WriteBatch(batch), cancellationToken);
    }

    /// <summary>Has a message enqueued later.</summary>
    /// <returns>The sequence number under which it can be cancelled until then.</returns>
    public async Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        await parts.BeforeAsync(ServiceBusOperation.Schedule).ConfigureAwait(false);
        message.ScheduledEnqueueTime = scheduledEnqueueTime;
        var encoded = MessageWriter.Write(message).Encode();
        var entry = new Map
        {
            ["message-id"] = message.MessageId,
            ["message"] = encoded.Buffer.AsSpan(encoded.Offset, encoded.Length).ToArray(),
        };
        if (message.SessionId is { } session)
        {
            entry["session-id"] = session;
        }

        if (message.PartitionKey is { } key)
        {
            entry["partition-key"] = key;
        }

        var request = new Map { ["messages"] = new List { entry } };
        var answer = await parts.Retrying.RunAsync(
            EntityPath, token => parts.AskAsync(AmqpNames.Operation.ScheduleMessage, request, null, token), cancellationToken).ConfigureAwait(false);
        await parts.AfterAsync(ServiceBusOperation.Schedule).ConfigureAwait(false);
        return ((long[])answer["sequence-numbers"])[0];
    }

    public async Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default)
    {
        await parts.BeforeAsync(ServiceBusOperation.CancelScheduled).ConfigureAwait(false);

        // Once: what an earlier try has cancelled would not be found by the next.
        var request = new Map { ["sequence-numbers"] = new[] { sequenceNumber } };
        await parts.Retrying.OnceAsync(
            EntityPath, token => parts.AskAsync(AmqpNames.Operation.CancelScheduledMessage, request, null, token), cancellationToken).ConfigureAwait(false);
        await parts.AfterAsync(ServiceBusOperation.CancelScheduled).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        await attaching.WaitAsync().ConfigureAwait(false);
        Detach();
        attaching.Release();
    }

    private async Task SendAsync(Func<Message> write, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await parts.BeforeAsync(ServiceBusOperation.Send).ConfigureAwait(false);
        await parts.Retrying.RunAsync(EntityPath, token => SendOnceAsync(write(), token), cancellation).ConfigureAwait(false);
        await parts.AfterAsync(ServiceBusOperation.Send).ConfigureAwait(false);
    }

    private async Task<bool> SendOnceAsync(Message message, CancellationToken cancellation)
    {
        var open = await LinkAsync(cancellation).ConfigureAwait(false);
        var answer = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        open.Send(message, null, static (_, _, outcome, state) => ((TaskCompletionSource<Outcome?>)state).TrySetResult(outcome), answer);
        Outcome? outcome;
        try
        {
            outcome = await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            open.Cancel(message);
            throw;
        }

        return outcome switch
        {
            Accepted => true,
            Rejected rejected => throw AmqpErrors.ToException(rejected.Error, EntityPath),
            _ => throw AmqpErrors.ToException(open.Error, EntityPath),
        };
    }

    private async ValueTask<SenderLink> LinkAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref link) is { IsClosed: false } open)
        {
            return open;
        }

        await attaching.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (link is not { IsClosed: false })
            {
                Detach();
                var connection = await parts.Connection.GetAsync(cancellation).ConfigureAwait(false);
                Volatile.Write(ref link, await connection.AttachSenderAsync(EntityPath, cancellation).ConfigureAwait(false));
            }

            return link!;
        }
        finally
        {
            attaching.Release();
        }
    }

    private void Detach()
    {
        try
        {
            link?.Session.Close(TimeSpan.Zero);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // The connection went first.
        }
    }
}
