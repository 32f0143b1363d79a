using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Connections;

/// <summary>Tries an operation again while it fails in ways that may pass.</summary>
internal sealed class Retrying(ServiceBusRetryOptions options, TimeProvider time)
{
    /// <summary>The operation's result, or the last failure.</summary>
    /// <exception cref="ServiceBusException">As callers know it.</exception>
    public async Task<T> RunAsync<T>(string entityPath, Func<CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                return await OnceAsync(entityPath, operation, cancellation).ConfigureAwait(false);
            }
            catch (ServiceBusException e) when (e.IsTransient && retries < options.MaxRetries)
            {
                var pause = options.Delay * Math.Pow(2, retries);
                await Task.Delay(pause < options.MaxDelay ? pause : options.MaxDelay, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One try, with its limit of time.</summary>
    public async Task<T> OnceAsync<T>(string entityPath, Func<CancellationToken, Task<T>> operation, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.TryTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await operation(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ServiceBusException("Service Bus did not answer in time.", ServiceBusFailureReason.ServiceTimeout, entityPath, e);
        }
        catch (Exception e) when (AmqpErrors.ToException(e, entityPath) is var known && known != e)
        {
            throw known;
        }
    }
}
