using System.Collections.Concurrent;
using static Vivace.ServiceBus.Tests.Transport.ConformanceQueues;

namespace Vivace.ServiceBus.Tests.Transport;

public abstract partial class TransportConformance
{
    [Fact]
    public async Task A_processor_handles_each_message_once_and_so_many_at_a_time()
    {
        const int count = 200;
        var seen = new ConcurrentDictionary<string, int>();
        var (now, most) = (0, 0);
        await using var processor = client.CreateProcessor(Plain, new ServiceBusProcessorOptions { MaxConcurrentCalls = 4, PrefetchCount = 8 });
        processor.ProcessMessageAsync += async args =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            seen.AddOrUpdate(args.Message.Body.ToString(), 1, (_, n) => n + 1);
            Interlocked.Decrement(ref now);
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await using var sender = client.CreateSender(Plain);
        await sender.SendMessagesAsync(Enumerable.Range(0, count).Select(n => new ServiceBusMessage($"{n}")));
        await Eventually.TrueAsync(() => seen.Count == count);
        await processor.StopProcessingAsync();
        Assert.All(seen.Values, times => Assert.Equal(1, times));
        Assert.InRange(most, 1, 4);
        await using var receiver = client.CreateReceiver(Plain);
        Assert.Null(await receiver.PeekMessageAsync());
    }

    [Fact]
    public async Task A_processor_stops_once_however_often_it_is_told_and_starts_again()
    {
        var seen = new ConcurrentQueue<string>();
        await using var processor = client.CreateProcessor(Plain);
        processor.ProcessMessageAsync += args =>
        {
            seen.Enqueue(args.Message.Body.ToString());
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StopProcessingAsync();
        foreach (var run in new[] { "first", "second" })
        {
            await processor.StartProcessingAsync();
            await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync());
            await SendAsync(Plain, run);
            await Eventually.TrueAsync(() => seen.Contains(run));
            await Task.WhenAll(processor.StopProcessingAsync(), processor.StopProcessingAsync());
            await processor.StopProcessingAsync();
        }
    }

    [Fact]
    public async Task A_message_whose_handler_fails_comes_again_and_the_failure_is_reported()
    {
        var deliveries = new ConcurrentQueue<int>();
        var errors = new ConcurrentQueue<ProcessErrorEventArgs>();
        await using var processor = client.CreateProcessor(Plain);
        processor.ProcessMessageAsync += args =>
        {
            deliveries.Enqueue(args.Message.DeliveryCount);
            return args.Message.DeliveryCount < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args =>
        {
            errors.Enqueue(args);
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync();
        await SendAsync(Plain, "stubborn");
        await Eventually.TrueAsync(() => deliveries.Count == 3);
        await processor.StopProcessingAsync();
        Assert.Equal([1, 2, 3], deliveries);
        Assert.All(errors, e => Assert.Equal((ServiceBusErrorSource.ProcessMessageCallback, "not yet"), (e.ErrorSource, e.Exception.Message)));
        Assert.Equal(2, errors.Count);
    }

    [Fact]
    public async Task A_session_processor_keeps_each_session_s_order_and_works_on_many()
    {
        const int sessions = 40;
        const int each = 5;
        var seen = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        await using var processor = client.CreateSessionProcessor(
            Sessions, new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 64, SessionIdleTimeout = TimeSpan.FromMilliseconds(20) });
        processor.ProcessMessageAsync += async args =>
        {
            await Task.Yield();
            seen.GetOrAdd(args.Message.SessionId!, _ => []).Enqueue(args.Message.Body.ToString());
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await using var sender = client.CreateSender(Sessions);
        for (var n = 0; n < each; n++)
        {
            await Task.WhenAll(Enumerable.Range(0, sessions).Select(s => sender.SendMessageAsync(InSession($"p{s}", $"{n}"))));
        }

        await Eventually.TrueAsync(() => seen.Values.Sum(v => v.Count) == sessions * each);
        await processor.StopProcessingAsync();
        Assert.All(seen.Values, order => Assert.Equal(Enumerable.Range(0, each).Select(n => $"{n}"), order));
    }

    [Fact]
    public async Task A_handler_longer_than_the_lock_keeps_it()
    {
        var deliveries = new ConcurrentQueue<int>();
        await using var processor = client.CreateSessionProcessor(ShortSessions, new ServiceBusSessionProcessorOptions { SessionIdleTimeout = Briefly });
        using var done = new SemaphoreSlim(0);
        processor.ProcessMessageAsync += async args =>
        {
            deliveries.Enqueue(args.Message.DeliveryCount);
            await Task.Delay(ShortLock * 2.5, args.CancellationToken);
            done.Release();
        };
        processor.ProcessErrorAsync += args => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await using var sender = client.CreateSender(ShortSessions);
        await sender.SendMessageAsync(InSession("patient", "1"));
        Assert.True(await done.WaitAsync(Soon));
        await processor.StopProcessingAsync();
        Assert.Equal([1], deliveries);
        await using var session = await client.AcceptSessionAsync(ShortSessions, "patient");
        Assert.Null(await session.PeekMessageAsync());
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
