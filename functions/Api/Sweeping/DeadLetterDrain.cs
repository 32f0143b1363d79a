using Vivace.Api.Bus;
using Vivace.Api.Evaluations;
using Vivace.Api.Turns;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;
using Vivace.ServiceBus;

namespace Vivace.Api.Sweeping;

/// <summary>Writes down what the broker has given up: turns end failed, evaluations are dead, and both can be seen.</summary>
internal sealed partial class DeadLetterDrain(
    ServiceBusClient client, ITurnStore turns, LostTurn lost, HandOver handOver, InstanceId instance, EvaluationWorker evaluations, ILogger<DeadLetterDrain> logger) : IAsyncDisposable
{
    private const int BatchSize = 64;

    private static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    private readonly ServiceBusReceiver deadTurns = client.CreateReceiver(Queues.Turns, DeadLetters);
    private readonly ServiceBusReceiver deadEvaluations = client.CreateReceiver(Queues.Evaluations, DeadLetters);

    /// <summary>Until both queues are empty, or stay so for as long as given.</summary>
    public Task RunAsync(TimeSpan wait, CancellationToken cancellation) => Task.WhenAll(
        DrainAsync(deadTurns, Queues.Turns, EndTurnAsync, wait, cancellation),
        DrainAsync(deadEvaluations, Queues.Evaluations, GiveUpAsync, wait, cancellation));

    public async ValueTask DisposeAsync()
    {
        await deadTurns.DisposeAsync();
        await deadEvaluations.DisposeAsync();
    }

    private async Task DrainAsync(
        ServiceBusReceiver receiver, string queue, Func<ServiceBusReceivedMessage, CancellationToken, Task> handle, TimeSpan wait, CancellationToken cancellation)
    {
        while (await receiver.ReceiveMessagesAsync(BatchSize, wait, cancellation) is { Count: > 0 } dead)
        {
            foreach (var message in dead)
            {
                Log.Found(logger, queue, message.DeadLetterReason ?? "none", message.DeliveryCount);
                await TryHandleAsync(receiver, queue, message, handle, cancellation);
            }
        }
    }

    /// <summary>One that cannot be handled comes again when its lock has ended, and does not keep others waiting.</summary>
    private async Task TryHandleAsync(
        ServiceBusReceiver receiver, string queue, ServiceBusReceivedMessage message, Func<ServiceBusReceivedMessage, CancellationToken, Task> handle, CancellationToken cancellation)
    {
        try
        {
            await handle(message, cancellation);
            await receiver.CompleteMessageAsync(message, cancellation);
        }
        catch (Exception e) when (e is not StoreUnavailableException && !cancellation.IsCancellationRequested)
        {
            Log.NotHandled(logger, queue, e.GetType().Name, e.StackTrace);
        }
    }

    private async Task EndTurnAsync(ServiceBusReceivedMessage message, CancellationToken cancellation)
    {
        if (BusMessages.Read(message.Body.ToMemory(), BusJson.Default.TurnMessage) is { } turn
            && await turns.BeginAttemptAsync(turn.TurnId, instance.Value, handOver.UnlessEnded(), cancellation) is { } work)
        {
            var shown = work.Turn.StreamingAttempt is not null;
            await lost.EndAsync(work.Turn, shown ? TurnStatus.Interrupted : TurnStatus.Failed, shown ? TurnFailure.None : TurnFailure.CrashLoop, cancellation);
        }
    }

    private async Task GiveUpAsync(ServiceBusReceivedMessage message, CancellationToken cancellation)
    {
        if (BusMessages.Read(message.Body.ToMemory(), BusJson.Default.EvaluationMessage) is { } evaluation)
        {
            await evaluations.GiveUpAsync(evaluation, message.DeadLetterReason ?? "dead-lettered", cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A message of queue {Queue} was dead-lettered: {Reason} after {Deliveries} deliveries")]
        public static partial void Found(ILogger logger, string queue, string reason, int deliveries);

        [LoggerMessage(LogLevel.Error, "A dead-lettered message of queue {Queue} could not be handled and comes again: {Fault} {Where}")]
        public static partial void NotHandled(ILogger logger, string queue, string fault, string? where);
    }
}
