using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Broker.Listening;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>One queue and its dead letters, without AMQP, on a clock that the test moves.</summary>
internal sealed class EngineDriver : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly JournalPump pump;

    public EngineDriver(QueueOptions options, InMemoryJournal? journal = null, FakeTimeProvider? time = null)
    {
        Journal = journal ?? new InMemoryJournal();
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        pump = new JournalPump(Journal, NullLogger.Instance);
        var context = new QueueContext(pump, new UniqueIds(), Time, PropertyEditor.MarkDead);
        Dead = new MessageQueue(new QueueOptions { Name = options.Name + "/$deadletterqueue" }, context, null);
        Queue = new MessageQueue(options, context, Dead);
        var directory = new QueueDirectory();
        directory.Add(Dead);
        directory.Add(Queue);
        QueueLoader.Load(directory, Journal.LoadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult());
    }

    public InMemoryJournal Journal { get; }

    public FakeTimeProvider Time { get; }

    public MessageQueue Queue { get; }

    public MessageQueue Dead { get; }

    public static EngineDriver Plain(Func<QueueOptions, QueueOptions>? change = null)
        => new((change ?? (o => o))(new QueueOptions { Name = "q", LockDuration = TimeSpan.FromSeconds(30), MaxDeliveryCount = 3 }));

    public static EngineDriver Sessions(Func<QueueOptions, QueueOptions>? change = null)
        => Plain(o => (change ?? (p => p))(o with { RequiresSession = true }));

    /// <summary>What a broker finds that is started on the same journal later.</summary>
    public async Task<EngineDriver> RestartAsync()
    {
        await SettledAsync();
        return new EngineDriver(Queue.Options, Journal, Time);
    }

    public async Task<long> SendAsync(string body, string? session = null, string? id = null, TimeSpan? live = null, DateTimeOffset? at = null)
    {
        var outcome = await TrySendAsync(body, session, id, live, at);
        Assert.Equal(QueueFault.None, outcome.Fault);
        return outcome.SequenceNumbers[0];
    }

    public Task<SendOutcome> TrySendAsync(string body, string? session = null, string? id = null, TimeSpan? live = null, DateTimeOffset? at = null)
    {
        var done = new TaskCompletionSource<SendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Send([new IncomingMessage(EncodedMessage.Of(body), id, session, live, at)], done.SetResult);
        return done.Task.WaitAsync(Limit);
    }

    public Task<QueueFault> SettleAsync(Delivery delivery, SettlementKind kind, MessageQueue? queue = null)
    {
        var done = new TaskCompletionSource<QueueFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        (queue ?? Queue).Settle(delivery, new Settlement(kind), done.SetResult);
        return done.Task.WaitAsync(Limit);
    }

    public async Task CompleteAsync(Delivery delivery, MessageQueue? queue = null)
        => Assert.Equal(QueueFault.None, await SettleAsync(delivery, SettlementKind.Complete, queue));

    public ReceiverDriver Receive(int credit = 1, MessageQueue? queue = null, ReceiveMode mode = ReceiveMode.PeekLock)
    {
        var receiver = new ReceiverDriver(queue ?? Queue, mode);
        receiver.Queue.AddCredit(receiver.Receiver, credit);
        return receiver;
    }

    public (AcceptOutcome Outcome, ReceiverDriver Receiver) Accept(string session)
    {
        var receiver = new ReceiverDriver(Queue, ReceiveMode.PeekLock);
        return (Queue.Accept(receiver.Receiver, session), receiver);
    }

    public (Task<AcceptOutcome> Outcome, ReceiverDriver Receiver) AcceptNext(TimeSpan wait)
    {
        var receiver = new ReceiverDriver(Queue, ReceiveMode.PeekLock);
        var done = new TaskCompletionSource<AcceptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.AcceptNext(receiver.Receiver, wait, done.SetResult);
        return (done.Task.WaitAsync(Limit), receiver);
    }

    /// <summary>Waits until the journal has everything that happened so far, and what followed from it.</summary>
    public async Task SettledAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            pump.Append([], _ => done.SetResult());
            await done.Task.WaitAsync(Limit);
        }
    }

    public void Dispose()
    {
        Queue.Dispose();
        Dead.Dispose();
    }
}
