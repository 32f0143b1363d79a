namespace Vivace.ServiceBus.Processing;

/// <summary>Handles one message: renews its lock meanwhile, completes it after that, or gives it back.</summary>
internal sealed class MessageHandling(
    ServiceBusReceiver receiver,
    Func<ProcessMessageEventArgs, Task> handler,
    Func<ProcessErrorEventArgs, Task> onError,
    TimeSpan maxRenewal,
    TimeProvider time)
{
    /// <summary>A lock is renewed when this part of its time is left.</summary>
    private const double RenewAt = 0.5;

    public async Task HandleAsync(ServiceBusReceivedMessage message, CancellationToken cancellation)
    {
        using var handled = new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(handled.Token, cancellation);
        var renewing = RenewAsync(message, linked, handled.Token);
        var source = ServiceBusErrorSource.ProcessMessageCallback;
        try
        {
            await handler(new ProcessMessageEventArgs(message, linked.Token)).ConfigureAwait(false);
            source = ServiceBusErrorSource.Complete;
            await receiver.CompleteMessageAsync(message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!cancellation.IsCancellationRequested)
            {
                await onError(new ProcessErrorEventArgs(e, source, receiver.EntityPath, cancellation)).ConfigureAwait(false);
            }

            if (source == ServiceBusErrorSource.ProcessMessageCallback)
            {
                await AbandonAsync(message, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await handled.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
        }
    }

    private async Task AbandonAsync(ServiceBusReceivedMessage message, CancellationToken cancellation)
    {
        try
        {
            await receiver.AbandonMessageAsync(message, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Its lock ends by itself.
            await onError(new ProcessErrorEventArgs(e, ServiceBusErrorSource.Abandon, receiver.EntityPath, cancellation)).ConfigureAwait(false);
        }
    }

    /// <summary>A lock that cannot be kept cancels the handler: somebody else has the message by then.</summary>
    private async Task RenewAsync(ServiceBusReceivedMessage message, CancellationTokenSource handler, CancellationToken handled)
    {
        var started = time.GetUtcNow();
        try
        {
            while (time.GetUtcNow() - started < maxRenewal)
            {
                var left = LockedUntil(message) - time.GetUtcNow();
                await Task.Delay(left > TimeSpan.Zero ? left * RenewAt : TimeSpan.FromMilliseconds(100), time, handled).ConfigureAwait(false);
                await (receiver is ServiceBusSessionReceiver session
                    ? session.RenewSessionLockAsync(handled)
                    : receiver.RenewMessageLockAsync(message, handled)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (handled.IsCancellationRequested)
        {
            // The message has been handled.
        }
        catch (Exception e)
        {
            await onError(new ProcessErrorEventArgs(e, ServiceBusErrorSource.RenewLock, receiver.EntityPath, handled)).ConfigureAwait(false);
            await handler.CancelAsync().ConfigureAwait(false);
        }
    }

    private DateTimeOffset LockedUntil(ServiceBusReceivedMessage message)
        => receiver is ServiceBusSessionReceiver session ? session.SessionLockedUntil : message.LockedUntil;
}
