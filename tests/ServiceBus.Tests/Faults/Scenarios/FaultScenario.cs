using System.Collections.Concurrent;
using Vivace.ServiceBus.Tests.Faults.Judging;
using Vivace.ServiceBus.Tests.Faults.Recording;
using static Vivace.ServiceBus.Tests.Faults.Scenarios.ScenarioQueues;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>
/// Senders, processors and followers of streams at work on one broker while things go wrong; after that all is drained, and
/// what was seen is judged.
/// </summary>
internal sealed class FaultScenario(int seed, FaultMix mix, Action<string> say)
{
    private const int PerSession = 8;
    private const int WorkItems = 16;
    private const int Senders = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly ServiceBusRetryOptions Impatient = new() { MaxRetries = 0, TryTimeout = LockDuration };
    private static readonly ServiceBusRetryOptions Patient = new() { MaxRetries = 3, TryTimeout = LockDuration, Delay = TimeSpan.FromMilliseconds(10) };

    /// <summary>The wait for the next session is 5 s shorter than a try.</summary>
    private static readonly ServiceBusRetryOptions Receiving = new() { MaxRetries = 3, TryTimeout = TimeSpan.FromSeconds(6), Delay = TimeSpan.FromMilliseconds(10) };

    private readonly History history = new(TimeProvider.System);
    private readonly List<IAsyncDisposable> open = [];
    private RestartableBroker broker = null!;

    /// <summary>Runs to the end and fails with every breach and the seed.</summary>
    public async Task RunAsync()
    {
        say($"seed {seed}");
        using var lag = new SchedulingLag();
        var faults = new SeededFaults(seed, mix, history);
        broker = await RestartableBroker.StartAsync(faults, history);
        using var limit = new CancellationTokenSource(Limit);
        using var following = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var followers = await ReceiveAsync(following.Token);
        var sending = SendAsync(limit.Token);
        var ended = await RunToEndAsync(faults, sending, limit.Token);
        await following.CancelAsync();
        await Task.WhenAll(followers);
        await LookAtTheEndAsync();
        open.Reverse();
        foreach (var one in open)
        {
            await one.DisposeAsync();
        }

        await broker.DisposeAsync();
        Judge(ended, lag.Worst);
    }

    private async Task<string?> RunToEndAsync(SeededFaults faults, Task sending, CancellationToken limit)
    {
        try
        {
            await DisturbAsync(sending, limit);
            await sending;
            faults.End();
            await DrainAsync(limit);
            return null;
        }
        catch (OperationCanceledException)
        {
            faults.End();
            return "it was not done in time";
        }
    }

    private ServiceBusClient Client(ServiceBusRetryOptions retries, IServiceBusObserver? observer = null)
    {
        var client = new ServiceBusClient(broker.ConnectionString, new ServiceBusClientOptions { RetryOptions = retries, Observer = observer });
        open.Add(client);
        return client;
    }

    private Task SendAsync(CancellationToken limit)
    {
        var sending = new List<Task>();
        for (var n = 0; n < Senders; n++)
        {
            var retries = n % 2 == 0 ? Impatient : Patient;
            var client = Client(retries);
            var tries = retries.MaxRetries + 1;
            sending.Add(Of(Rooms, $"r{n}", [$"room-{n}a", $"room-{n}b"]).SendAsync(PerSession, seed + n, withPoison: n == 0, limit));
            sending.Add(Of(Streams, $"s{n}", [Stream(n)]).SendAsync(PerSession, seed + n + 10, withPoison: false, limit));
            sending.Add(Of(Work, $"w{n}", [null]).SendAsync(WorkItems, seed + n + 20, withPoison: n == 1, limit));

            ScenarioSender Of(string queue, string name, IReadOnlyList<string?> sessions) => new(client, tries, history, queue, name, sessions);
        }

        return Task.WhenAll(sending);
    }

    private async Task<IReadOnlyList<Task>> ReceiveAsync(CancellationToken following)
    {
        for (var n = 0; n < 2; n++)
        {
            await ProcessRoomsAsync(n);
            await ProcessWorkAsync(n);
        }

        // Two contend for each stream.
        return [.. Enumerable.Range(0, Senders).SelectMany(n =>
        {
            var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
            return new[] { "a", "b" }.Select(which => new StreamFollower(Client(Receiving), history, Stream(n), seen, PerSession, $"follower-{n}{which}").FollowAsync(following));
        })];
    }

    private async Task ProcessRoomsAsync(int n)
    {
        var recorder = new ProcessorRecorder(history, Rooms, $"rooms-{n}", seed, oneByOne: true, slow: LockDuration * 1.3);
        var processor = Client(Receiving, recorder).CreateSessionProcessor(
            Rooms, new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 3, SessionIdleTimeout = TimeSpan.FromMilliseconds(30) });
        processor.ProcessMessageAsync += recorder.HandleAsync;
        processor.ProcessErrorAsync += recorder.FailAsync;
        await processor.StartProcessingAsync(CancellationToken.None);
        open.Add(processor);
    }

    /// <summary>One keeps its locks, the other lets them run out when it is slow.</summary>
    private async Task ProcessWorkAsync(int n)
    {
        var recorder = new ProcessorRecorder(history, Work, $"work-{n}", seed, oneByOne: false, slow: LockDuration * 1.3);
        var processor = Client(Receiving, recorder).CreateProcessor(
            Work,
            new ServiceBusProcessorOptions { MaxConcurrentCalls = 3, PrefetchCount = 6 * n, MaxAutoLockRenewalDuration = n == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero });
        processor.ProcessMessageAsync += recorder.HandleAsync;
        processor.ProcessErrorAsync += recorder.FailAsync;
        await processor.StartProcessingAsync(CancellationToken.None);
        open.Add(processor);
    }

    /// <summary>What happens to the broker as a whole, each when so many messages have been acknowledged.</summary>
    private async Task DisturbAsync(Task sending, CancellationToken limit)
    {
        var random = new Random(seed);
        var planned = Enumerable.Repeat<Func<Task>>(broker.RestartAsync, mix.Restarts)
            .Concat(Enumerable.Repeat<Func<Task>>(broker.KillAsync, mix.Kills))
            .Concat(Enumerable.Repeat<Func<Task>>(Break, mix.Breaks))
            .Select(act => (At: random.Next(5, (Senders * ((PerSession * 3) + WorkItems)) - 5), Act: act))
            .OrderBy(p => p.At);
        foreach (var (at, act) in planned)
        {
            while (history.Acknowledged < at && !sending.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), limit);
            }

            await act();
        }

        Task Break()
        {
            broker.BreakConnections();
            return Task.CompletedTask;
        }
    }

    private async Task DrainAsync(CancellationToken limit)
    {
        await using var client = new ServiceBusClient(broker.ConnectionString, new ServiceBusClientOptions { RetryOptions = Receiving });
        foreach (var queue in Options)
        {
            await using var receiver = client.CreateReceiver(queue.Name);
            while (await receiver.PeekMessageAsync(0, limit) is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), limit);
            }
        }
    }

    private async Task LookAtTheEndAsync()
    {
        await using var client = new ServiceBusClient(broker.ConnectionString, new ServiceBusClientOptions { RetryOptions = Receiving });
        foreach (var queue in Options)
        {
            await using var receiver = client.CreateReceiver(queue.Name);
            foreach (var left in await receiver.PeekMessagesAsync(1000))
            {
                history.Add(new HistoryEvent.LeftBehind(queue.Name, left.MessageId!, left.SequenceNumber));
            }

            await using var dead = client.CreateReceiver(queue.Name, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            foreach (var one in await dead.PeekMessagesAsync(1000))
            {
                history.Add(new HistoryEvent.FoundDead(queue.Name, one.MessageId!, one.Body.ToString()));
            }
        }
    }

    private void Judge(string? ended, TimeSpan lag)
    {
        var events = history.Events;
        say($"{events.OfType<HistoryEvent.SendAcknowledged>().Count()} messages, {events.OfType<HistoryEvent.Delivered>().Count()} deliveries, "
            + $"{events.OfType<HistoryEvent.FaultInjected>().Count()} faults, {events[^1].At.TotalSeconds:F1} s, at most {lag.TotalMilliseconds:F0} ms late");
        List<string> breaches = [.. HistoryChecker.Judge(events, ScenarioQueues.Rules, lag), .. broker.Log.Errors.Where(IsOwnFault)];
        if (ended is not null)
        {
            breaches.Insert(0, ended);
        }

        if (breaches.Count > 0)
        {
            foreach (var happened in events)
            {
                say($"{happened.Number} {happened.At.TotalMilliseconds:F0} ms {happened}");
            }

            Assert.Fail($"Seed {seed}: {string.Join("; ", breaches)}");
        }
    }

    /// <summary>A dead process says that its journal takes nothing more, but nobody hears it.</summary>
    private static bool IsOwnFault(string error) => !error.Contains("The process is dead.", StringComparison.Ordinal);

    private static string Stream(int n) => $"stream-{n}";
}
