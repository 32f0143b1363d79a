using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Vivace.Bench.Reporting;
using Vivace.ServiceBus;
using Vivace.ServiceBus.Broker;
using Vivace.Sqlite;
using Vivace.Sqlite.Broker;

namespace Vivace.Bench.Transport;

/// <summary>Client and embedded broker in one process: messages of 1 KiB, each durable before its sender is told.</summary>
internal static class TransportBench
{
    private const string Queue = "bench";
    private const int Size = 1024;
    private const int Senders = 64;

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        using var folder = new TemporaryFolder();
        using var journal = new SqliteBrokerJournal(new SqliteOptions { Folder = folder.Path });
        var options = new EmbeddedBrokerOptions { Port = 0, KeyName = "bench", Key = "YmVuY2g=", Queues = [new QueueOptions { Name = Queue }] };
        await using var broker = await EmbeddedBroker.StartAsync(options, journal, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using var sender = client.CreateSender(Queue);
        await using var receiver = client.CreateReceiver(Queue, new ServiceBusReceiverOptions { PrefetchCount = 500 });
        List<double> sends = [];
        List<double> receives = [];
        for (var round = 0; round < plan.Rounds; round++)
        {
            sends.Add(plan.Messages / await SendAsync(sender, plan.Messages));
            receives.Add(plan.Messages / await ReceiveAsync(receiver, plan.Messages));
        }

        var delays = await DelaysAsync(sender, receiver, Math.Min(plan.Messages, 2000));
        return
        [
            new Measure($"Broker: sent, {Senders} at a time", Stats.Median(sends), Stats.Median(receives), "received and settled", "/s", Stats.MedianRatio(sends, receives)),
            new Measure("Broker: from send to receive, one at a time", Stats.Median(delays), Stats.Percentile(delays, 0.99), "p99", "ms", Stats.Median(delays) / Stats.Percentile(delays, 0.99)),
        ];
    }

    private static async Task<double> SendAsync(ServiceBusSender sender, int count)
    {
        var body = new byte[Size];
        var left = count;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await sender.SendMessageAsync(new ServiceBusMessage((ReadOnlyMemory<byte>)body));
            }
        })));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> ReceiveAsync(ServiceBusReceiver receiver, int count)
    {
        var started = Stopwatch.GetTimestamp();
        var settling = new List<Task>();
        for (var got = 0; got < count;)
        {
            var messages = await receiver.ReceiveMessagesAsync(100);
            got += messages.Count;
            settling.Add(receiver.CompleteMessagesAsync(messages));
        }

        await Task.WhenAll(settling);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double[]> DelaysAsync(ServiceBusSender sender, ServiceBusReceiver receiver, int count)
    {
        var delays = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var waiting = receiver.ReceiveMessageAsync();
            await sender.SendMessageAsync(new ServiceBusMessage((ReadOnlyMemory<byte>)new byte[Size]));
            var message = await waiting;
            delays[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await receiver.CompleteMessageAsync(message!);
        }

        return delays;
    }
}
