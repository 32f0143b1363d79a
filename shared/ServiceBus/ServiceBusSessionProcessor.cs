using Vivace.ServiceBus.Processing;

namespace Vivace.ServiceBus;

/// <summary>
/// Calls a handler for the messages of many sessions: one at a time of each session, in its order. Sessions are accepted a
/// few at a time, so that a large limit costs nothing while there is little to do.
/// </summary>
public sealed class ServiceBusSessionProcessor : IAsyncDisposable
{
    /// <summary>Requests for the next session that wait at the broker at once.</summary>
    private const int MaxAccepting = 8;

    /// <summary>The one message that is handled at a time.</summary>
    private static readonly ServiceBusSessionReceiverOptions OneByOne = new() { PrefetchCount = 1 };

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly ServiceBusClient client;
    private readonly ServiceBusSessionProcessorOptions options;
    private readonly TimeProvider time;
    private readonly HandlerSlots slots;
    private readonly CancellationTokenSource stopping = new();
    private Task acceptors = Task.CompletedTask;

    internal ServiceBusSessionProcessor(ServiceBusClient client, string queueName, ServiceBusSessionProcessorOptions options, TimeProvider time)
    {
        (this.client, this.options, this.time) = (client, options, time);
        EntityPath = queueName;
        slots = new HandlerSlots(options.MaxConcurrentSessions);
    }

    /// <summary>Required; set it before <see cref="StartProcessingAsync"/>.</summary>
    public event Func<ProcessMessageEventArgs, Task>? ProcessMessageAsync;

    /// <summary>Required; must not throw.</summary>
    public event Func<ProcessErrorEventArgs, Task>? ProcessErrorAsync;

    public string EntityPath { get; }

    /// <exception cref="InvalidOperationException">A handler is missing.</exception>
    public Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        if (ProcessMessageAsync is null || ProcessErrorAsync is null)
        {
            throw new InvalidOperationException("ProcessMessageAsync and ProcessErrorAsync need handlers.");
        }

        acceptors = Task.WhenAll(Enumerable.Range(0, Math.Min(MaxAccepting, options.MaxConcurrentSessions)).Select(_ => Task.Run(AcceptAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Cancels the handlers' tokens and waits until they have returned and the sessions are free.</summary>
    public async Task StopProcessingAsync(CancellationToken cancellationToken = default)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await acceptors.WaitAsync(cancellationToken).ConfigureAwait(false);
        await slots.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await acceptors.ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await slots.EnterAsync(stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (await NextAsync().ConfigureAwait(false) is { } session)
            {
                _ = WorkAsync(session);
            }
            else
            {
                slots.Leave();
            }
        }
    }

    private async Task<ServiceBusSessionReceiver?> NextAsync()
    {
        try
        {
            return await client.AcceptNextSessionAsync(EntityPath, OneByOne, stopping.Token).ConfigureAwait(false);
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.ServiceTimeout)
        {
            return null;
        }
        catch (Exception e)
        {
            if (!stopping.IsCancellationRequested)
            {
                await ReportAsync(e, ServiceBusErrorSource.AcceptSession).ConfigureAwait(false);
                await Task.Delay(PauseAfterFailure, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return null;
        }
    }

    /// <summary>Handles the session's messages until there is none for a while, then lets it go.</summary>
    private async Task WorkAsync(ServiceBusSessionReceiver session)
    {
        await Task.Yield();
        try
        {
            await using (session.ConfigureAwait(false))
            {
                var handling = new MessageHandling(session, ProcessMessageAsync!, ProcessErrorAsync!, options.MaxAutoLockRenewalDuration, time);
                while (await session.ReceiveMessageAsync(options.SessionIdleTimeout, stopping.Token).ConfigureAwait(false) is { } message)
                {
                    await handling.HandleAsync(message, stopping.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            await ReportAsync(e, ServiceBusErrorSource.Receive).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Stopped: the session has been let go, and whatever was not settled is delivered again.
        }
        finally
        {
            slots.Leave();
        }
    }

    private Task ReportAsync(Exception fault, ServiceBusErrorSource source)
        => ProcessErrorAsync!(new ProcessErrorEventArgs(fault, source, EntityPath, stopping.Token));
}
