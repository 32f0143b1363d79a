using System.Collections.Concurrent;
using Vivace.ServiceBus;

namespace Vivace.Api.Bus;

/// <summary>
/// Sends what nobody waits for a little later, together with what else has come by then: one transfer and one write of the
/// broker in place of many. The linger begins with the first message, so that a lone one is late by no more than it.
/// </summary>
internal sealed class BatchingSender(ServiceBusSender sender, TimeSpan linger, TimeProvider time)
{
    /// <summary>Well within the size of a batch for messages that carry little more than an id.</summary>
    private const int MaxBatch = 100;

    /// <summary>Where the broker takes nothing, what is asked for is to be found elsewhere, not to fill the memory.</summary>
    private const int MaxWaiting = 20_000;

    private readonly ConcurrentQueue<Entry> waiting = new();
    private int sending;

    /// <summary>Complete when the broker has the message for good; throws what its batch failed with.</summary>
    /// <exception cref="ServiceBusException">Too many wait already.</exception>
    public Task SendAsync(ServiceBusMessage message, CancellationToken cancellation)
    {
        if (waiting.Count >= MaxWaiting)
        {
            throw new ServiceBusException($"{MaxWaiting} messages wait to be sent.", ServiceBusFailureReason.ServiceBusy, sender.EntityPath);
        }

        var entry = new Entry(message);
        waiting.Enqueue(entry);
        if (Interlocked.Exchange(ref sending, 1) == 0)
        {
            _ = SendAllAsync();
        }

        return entry.Sent.Task.WaitAsync(cancellation);
    }

    private async Task SendAllAsync()
    {
        do
        {
            await Task.Delay(linger, time);
            await SendWaitingAsync();
            Interlocked.Exchange(ref sending, 0);
        }
        while (!waiting.IsEmpty && Interlocked.Exchange(ref sending, 1) == 0);
    }

    private async Task SendWaitingAsync()
    {
        var batch = new List<Entry>();
        while (waiting.TryDequeue(out var entry))
        {
            batch.Add(entry);
            if (batch.Count == MaxBatch)
            {
                await SendBatchAsync(batch);
                batch.Clear();
            }
        }

        await SendBatchAsync(batch);
    }

    private async Task SendBatchAsync(List<Entry> batch)
    {
        try
        {
            await sender.SendMessagesAsync(batch.Select(entry => entry.Message));
            batch.ForEach(entry => entry.Sent.TrySetResult());
        }
        catch (Exception e)
        {
            // Each sender hears of it and knows what to do without.
            batch.ForEach(entry => entry.Sent.TrySetException(e));
        }
    }

    private sealed class Entry(ServiceBusMessage message)
    {
        public ServiceBusMessage Message => message;

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
