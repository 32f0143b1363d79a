namespace Vivace.Api.Processors;

/// <summary>Lets work that somebody waits for go first: work that nobody waits for begins when the machine keeps up, or when it has waited for long enough.</summary>
/// <param name="waiting">How many work items wait for a thread.</param>
/// <remarks>Work that is already late goes at once, so that in a rush that lasts no more piles up than would anyway.</remarks>
internal sealed class GiveWay(Func<long> waiting, TimeProvider time)
{
    /// <summary>Work items that wait where the machine keeps up; evaluations at work make about half as many of their own.</summary>
    public const int Most = 16;

    /// <summary>So that such work goes on, slowly, on a machine that never keeps up.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Older than this, work is late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <param name="since">Since when the work has been there.</param>
    public async Task WaitAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        if (time.GetUtcNow() - since > Late)
        {
            return;
        }

        for (var began = time.GetTimestamp(); waiting() > Most && time.GetElapsedTime(began) < Longest;)
        {
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
