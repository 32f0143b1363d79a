using System.Diagnostics;

namespace Vivace.ServiceBus.Tests.Faults.Recording;

/// <summary>Measures beside a run how long what is ready has to wait until the machine runs it.</summary>
internal sealed class SchedulingLag : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource stop = new();
    private long worst;

    public SchedulingLag()
    {
        var stopped = stop.Token;
        _ = Task.Run(() => MeasureAsync(stopped), CancellationToken.None);
    }

    /// <summary>The longest wait so far.</summary>
    public TimeSpan Worst => new(Interlocked.Read(ref worst));

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task MeasureAsync(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(Interval, CancellationToken.None);
            var late = (Stopwatch.GetElapsedTime(started) - Interval).Ticks;
            Interlocked.Exchange(ref worst, Math.Max(worst, late));
        }
    }
}
