namespace Vivace.Runtime.Pipeline;

/// <summary>Runs work that has a limited time.</summary>
internal static class Deadline
{
    /// <summary>
    /// The work's result. Work that ignores its token is left behind at the deadline, not waited for. The time counts from when
    /// the work first waits, so that work which does not costs no timer.
    /// </summary>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public static async ValueTask<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> work, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = work(source.Token);
        if (running.IsCompleted)
        {
            return await running;
        }

        await using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), source, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await running.AsTask().WaitAsync(source.Token);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {limit.TotalSeconds} s.");
        }
    }
}
