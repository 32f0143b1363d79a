namespace Vivace.Runtime.Pipeline;

/// <summary>Runs work that has a limited time.</summary>
internal static class Deadline
{
    /// <summary>
    /// The work's result. Work that ignores its token is left behind at the deadline, not waited for.
    /// </summary>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public static async ValueTask<T> RunAsync<T>(
        Func<CancellationToken, ValueTask<T>> work, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            var running = work(linked.Token);
            return running.IsCompleted ? await running : await running.AsTask().WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {limit.TotalSeconds} s.");
        }
    }
}
