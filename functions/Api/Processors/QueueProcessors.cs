using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Vivace.Api.Bus;
using Vivace.Api.Evaluations;
using Vivace.Api.Settings;
using Vivace.Api.Turns;
using Vivace.ServiceBus;

namespace Vivace.Api.Processors;

/// <summary>Takes work from the queues where no trigger of a host does; each message goes to the handler that triggers call too.</summary>
internal sealed partial class QueueProcessors(
    ServiceBusClient client, WorkHandler work, TurnWorker turns, EvaluationWorker evaluations, TurnsSettings settings, TimeProvider time, ILogger<QueueProcessors> logger) : IHostedLifecycleService
{
    private const int ConcurrentEvaluations = 8;

    /// <summary>Everything that waits at a broker hears of it when the broker goes away; one of them is enough.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a room that has nothing more to do keeps its place.</summary>
    private static readonly TimeSpan RoomIdle = TimeSpan.FromMilliseconds(20);

    private readonly ServiceBusSessionProcessor turnProcessor = client.CreateSessionProcessor(
        Queues.Turns,
        new ServiceBusSessionProcessorOptions
        {
            MaxConcurrentSessions = settings.MaxConcurrent,
            SessionIdleTimeout = RoomIdle,
            MaxAutoLockRenewalDuration = TimeSpan.FromHours(1),
        });

    private readonly ServiceBusProcessor evaluationProcessor = client.CreateProcessor(
        Queues.Evaluations,
        new ServiceBusProcessorOptions { MaxConcurrentCalls = ConcurrentEvaluations, PrefetchCount = 2 * ConcurrentEvaluations });

    private readonly GiveWay giveWay = new(() => ThreadPool.PendingWorkItemCount, time);
    private readonly ConcurrentDictionary<(string Queue, ServiceBusErrorSource Source, string Fault), long> reported = new();
    private Task stopped = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        turnProcessor.ProcessMessageAsync += args => HandleAsync(args.Message, BusJson.Default.TurnMessage, turns.HandleAsync, args.CancellationToken);
        turnProcessor.ProcessErrorAsync += ReportAsync;
        evaluationProcessor.ProcessMessageAsync += EvaluateAsync;
        evaluationProcessor.ProcessErrorAsync += ReportAsync;
        await turnProcessor.StartProcessingAsync(cancellationToken);
        await evaluationProcessor.StartProcessingAsync(cancellationToken);
    }

    /// <summary>No more is taken; handlers return when their turns have ended or were handed over.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        stopped = Task.WhenAll(turnProcessor.StopProcessingAsync(cancellationToken), evaluationProcessor.StopProcessingAsync(cancellationToken));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopped;
        await turnProcessor.DisposeAsync();
        await evaluationProcessor.DisposeAsync();
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EvaluateAsync(ProcessMessageEventArgs args)
    {
        await giveWay.WaitAsync(args.Message.EnqueuedTime, args.CancellationToken);
        await HandleAsync(args.Message, BusJson.Default.EvaluationMessage, evaluations.HandleAsync, args.CancellationToken);
    }

    private Task HandleAsync<T>(ServiceBusReceivedMessage message, JsonTypeInfo<T> type, Func<T, CancellationToken, Task> handle, CancellationToken cancellation)
        where T : class
        => work.HandleAsync(message.Body.ToMemory(), message.ApplicationProperties, type, message.DeliveryCount, handle, cancellation);

    private Task ReportAsync(ProcessErrorEventArgs args)
    {
        // What a handler threw might tell of the conversation.
        var said = args.Exception is ServiceBusException fault ? fault.Message : "";
        if (IsFirstOf(args))
        {
            Log.Failed(logger, args.EntityPath, args.ErrorSource, args.Exception.GetType().Name, said);
        }
        else
        {
            Log.FailedToo(logger, args.EntityPath, args.ErrorSource, args.Exception.GetType().Name, said);
        }

        return Task.CompletedTask;
    }

    private bool IsFirstOf(ProcessErrorEventArgs args)
    {
        var key = (args.EntityPath, args.ErrorSource, args.Exception.GetType().Name);
        var now = time.GetTimestamp();
        while (true)
        {
            if (reported.TryAdd(key, now))
            {
                return true;
            }

            var last = reported[key];
            if (time.GetElapsedTime(last, now) < ReportEvery)
            {
                return false;
            }

            if (reported.TryUpdate(key, now, last))
            {
                return true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Queue {Queue}: {Source} failed too: {Fault}: {Message}")]
        public static partial void FailedToo(ILogger logger, string queue, ServiceBusErrorSource source, string fault, string message);

        [LoggerMessage(LogLevel.Warning, "Queue {Queue}: {Source} failed and goes on: {Fault}: {Message}")]
        public static partial void Failed(ILogger logger, string queue, ServiceBusErrorSource source, string fault, string message);
    }
}
