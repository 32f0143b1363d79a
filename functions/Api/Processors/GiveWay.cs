namespace Vivace.Api.Processors;

/// <summary>Lets work that somebody waits for go first: work that nobody waits for begins when the thread pool is idle, or has waited for long enough.</summary>
internal sealed class GiveWay(TimeProvider time)
{
    /// <summary>So that such work goes on, slowly, on a machine that is never idle.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Work items that wait for a thread where the machine keeps up; evaluations at work make about half as many of their own.</summary>
    private const int Most = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public async Task WaitAsync(CancellationToken cancellation)
    {
        for (var began = time.GetTimestamp(); ThreadPool.PendingWorkItemCount > Most && time.GetElapsedTime(began) < Longest;)
        {
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
