using Vivace.ServiceBus.Processing;

namespace Vivace.ServiceBus;

/// <summary>Calls a handler for each message of a queue, several at once; what fails is reported, and it goes on.</summary>
public sealed class ServiceBusProcessor : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly ServiceBusReceiver receiver;
    private readonly ServiceBusProcessorOptions options;
    private readonly TimeProvider time;
    private readonly HandlerSlots slots;
    private readonly CancellationTokenSource stopping = new();
    private Task pump = Task.CompletedTask;

    internal ServiceBusProcessor(ServiceBusReceiver receiver, ServiceBusProcessorOptions options, TimeProvider time)
    {
        (this.receiver, this.options, this.time) = (receiver, options, time);
        slots = new HandlerSlots(options.MaxConcurrentCalls);
    }

    /// <summary>Required; set it before <see cref="StartProcessingAsync"/>.</summary>
    public event Func<ProcessMessageEventArgs, Task>? ProcessMessageAsync;

    /// <summary>Required; must not throw.</summary>
    public event Func<ProcessErrorEventArgs, Task>? ProcessErrorAsync;

    public string EntityPath => receiver.EntityPath;

    /// <exception cref="InvalidOperationException">A handler is missing.</exception>
    public Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        var handling = new MessageHandling(
            receiver,
            ProcessMessageAsync ?? throw new InvalidOperationException("ProcessMessageAsync has no handler."),
            ProcessErrorAsync ?? throw new InvalidOperationException("ProcessErrorAsync has no handler."),
            options.MaxAutoLockRenewalDuration,
            time);
        pump = Task.Run(() => PumpAsync(handling), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Cancels the handlers' tokens and waits until they have returned.</summary>
    public async Task StopProcessingAsync(CancellationToken cancellationToken = default)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await pump.WaitAsync(cancellationToken).ConfigureAwait(false);
        await slots.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await pump.ConfigureAwait(false);
        await receiver.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PumpAsync(MessageHandling handling)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await slots.EnterAsync(stopping.Token).ConfigureAwait(false);
                await ReceiveAsync(handling).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Receives one message and has it handled; leaves the slot when that is done, or when there is none.</summary>
    private async Task ReceiveAsync(MessageHandling handling)
    {
        ServiceBusReceivedMessage? message = null;
        try
        {
            message = await receiver.ReceiveMessageAsync(null, stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            await ProcessErrorAsync!(new ProcessErrorEventArgs(e, ServiceBusErrorSource.Receive, EntityPath, stopping.Token)).ConfigureAwait(false);
            await Task.Delay(PauseAfterFailure, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            if (message is null)
            {
                slots.Leave();
            }
        }

        if (message is not null)
        {
            _ = HandleAsync(handling, message);
        }
    }

    private async Task HandleAsync(MessageHandling handling, ServiceBusReceivedMessage message)
    {
        await Task.Yield();
        try
        {
            await handling.HandleAsync(message, stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            slots.Leave();
        }
    }
}
