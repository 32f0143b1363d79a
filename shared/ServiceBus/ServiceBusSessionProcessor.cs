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
    private ProcessorRun? run;

    internal ServiceBusSessionProcessor(ServiceBusClient client, string queueName, ServiceBusSessionProcessorOptions options, TimeProvider time)
    {
        (this.client, this.options, this.time) = (client, options, time);
        EntityPath = queueName;
    }

    /// <summary>Required; set it before <see cref="StartProcessingAsync"/>.</summary>
    public event Func<ProcessMessageEventArgs, Task>? ProcessMessageAsync;

    /// <summary>Required; must not throw.</summary>
    public event Func<ProcessErrorEventArgs, Task>? ProcessErrorAsync;

    public string EntityPath { get; }

    /// <summary>Begins, for the first time or after it was stopped.</summary>
    /// <exception cref="InvalidOperationException">A handler is missing, or it runs already.</exception>
    public Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        if (ProcessMessageAsync is null || ProcessErrorAsync is null)
        {
            throw new InvalidOperationException("ProcessMessageAsync and ProcessErrorAsync need handlers.");
        }

        if (run is { IsStopping: false })
        {
            throw new InvalidOperationException("The processor runs already.");
        }

        run = new ProcessorRun(options.MaxConcurrentSessions);
        run.Begin(started => Task.WhenAll(Enumerable.Range(0, Math.Min(MaxAccepting, options.MaxConcurrentSessions)).Select(_ => AcceptAsync(started))));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Cancels the handlers' tokens and waits until they have returned and the sessions are free; does nothing where it does not
    /// run.
    /// </summary>
    public Task StopProcessingAsync(CancellationToken cancellationToken = default)
        => run is { } running ? running.StopAsync().WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync() => await StopProcessingAsync().ConfigureAwait(false);

    private async Task AcceptAsync(ProcessorRun run)
    {
        while (!run.IsStopping)
        {
            try
            {
                await run.Slots.EnterAsync(run.Stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (await NextAsync(run).ConfigureAwait(false) is { } session)
            {
                _ = WorkAsync(session, run);
            }
            else
            {
                run.Slots.Leave();
            }
        }
    }

    private async Task<ServiceBusSessionReceiver?> NextAsync(ProcessorRun run)
    {
        try
        {
            return await client.AcceptNextSessionAsync(EntityPath, OneByOne, run.Stopping).ConfigureAwait(false);
        }
        catch (ServiceBusException e) when (e is { Reason: ServiceBusFailureReason.ServiceTimeout, InnerException: not OperationCanceledException })
        {
            // The broker says that no session has messages; that it says nothing is another thing.
            return null;
        }
        catch (Exception e)
        {
            if (!run.IsStopping)
            {
                await ReportAsync(e, ServiceBusErrorSource.AcceptSession, run).ConfigureAwait(false);
                await Task.Delay(PauseAfterFailure, time, run.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return null;
        }
    }

    /// <summary>Handles the session's messages until there is none for a while, then lets it go.</summary>
    private async Task WorkAsync(ServiceBusSessionReceiver session, ProcessorRun run)
    {
        await Task.Yield();
        try
        {
            await using (session.ConfigureAwait(false))
            {
                var handling = new MessageHandling(session, ProcessMessageAsync!, ProcessErrorAsync!, options.MaxAutoLockRenewalDuration, time);
                while (await session.ReceiveMessageAsync(options.SessionIdleTimeout, run.Stopping).ConfigureAwait(false) is { } message)
                {
                    await handling.HandleAsync(message, run.Stopping).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (!run.IsStopping)
        {
            await ReportAsync(e, ServiceBusErrorSource.Receive, run).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Stopped: the session has been let go, and whatever was not settled is delivered again.
        }
        finally
        {
            run.Slots.Leave();
        }
    }

    private Task ReportAsync(Exception fault, ServiceBusErrorSource source, ProcessorRun run)
        => ProcessErrorAsync!(new ProcessErrorEventArgs(fault, source, EntityPath, run.Stopping));
}
