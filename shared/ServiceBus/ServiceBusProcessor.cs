using Vivace.ServiceBus.Processing;

namespace Vivace.ServiceBus;

/// <summary>Calls a handler for each message of a queue, several at once; what fails is reported, and it goes on.</summary>
public sealed class ServiceBusProcessor : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly ServiceBusReceiver receiver;
    private readonly ServiceBusProcessorOptions options;
    private readonly TimeProvider time;
    private ProcessorRun? run;

    internal ServiceBusProcessor(ServiceBusReceiver receiver, ServiceBusProcessorOptions options, TimeProvider time)
        => (this.receiver, this.options, this.time) = (receiver, options, time);

    /// <summary>Required; set it before <see cref="StartProcessingAsync"/>.</summary>
    public event Func<ProcessMessageEventArgs, Task>? ProcessMessageAsync;

    /// <summary>Required; must not throw.</summary>
    public event Func<ProcessErrorEventArgs, Task>? ProcessErrorAsync;

    public string EntityPath => receiver.EntityPath;

    /// <summary>Begins, for the first time or after it was stopped.</summary>
    /// <exception cref="InvalidOperationException">A handler is missing, or it runs already.</exception>
    public Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        if (run is { IsStopping: false })
        {
            throw new InvalidOperationException("The processor runs already.");
        }

        var handling = new MessageHandling(
            receiver,
            ProcessMessageAsync ?? throw new InvalidOperationException("ProcessMessageAsync has no handler."),
            ProcessErrorAsync ?? throw new InvalidOperationException("ProcessErrorAsync has no handler."),
            options.MaxAutoLockRenewalDuration,
            time);
        run = new ProcessorRun(options.MaxConcurrentCalls);
        run.Begin(started => PumpAsync(handling, started));
        return Task.CompletedTask;
    }

    /// <summary>Cancels the handlers' tokens and waits until they have returned; does nothing where it does not run.</summary>
    public Task StopProcessingAsync(CancellationToken cancellationToken = default)
        => run is { } running ? running.StopAsync().WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Stops it and closes its receiver.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopProcessingAsync().ConfigureAwait(false);
        await receiver.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PumpAsync(MessageHandling handling, ProcessorRun run)
    {
        while (!run.IsStopping)
        {
            try
            {
                await run.Slots.EnterAsync(run.Stopping).ConfigureAwait(false);
                await ReceiveAsync(handling, run).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (run.IsStopping)
            {
                return;
            }
        }
    }

    /// <summary>Receives one message and has it handled; leaves the slot when that is done, or when there is none.</summary>
    private async Task ReceiveAsync(MessageHandling handling, ProcessorRun run)
    {
        ServiceBusReceivedMessage? message = null;
        try
        {
            message = await receiver.ReceiveMessageAsync(null, run.Stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (!run.IsStopping)
        {
            await ProcessErrorAsync!(new ProcessErrorEventArgs(e, ServiceBusErrorSource.Receive, EntityPath, run.Stopping)).ConfigureAwait(false);
            await Task.Delay(PauseAfterFailure, time, run.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            if (message is null)
            {
                run.Slots.Leave();
            }
        }

        if (message is not null)
        {
            _ = HandleAsync(handling, message, run);
        }
    }

    private static async Task HandleAsync(MessageHandling handling, ServiceBusReceivedMessage message, ProcessorRun run)
    {
        await Task.Yield();
        try
        {
            await handling.HandleAsync(message, run.Stopping).ConfigureAwait(false);
        }
        finally
        {
            run.Slots.Leave();
        }
    }
}
