using Vivace.Api.Hosting;

namespace Vivace.Api.Sweeping;

/// <summary>Sweeps every few seconds where no timer of a host does.</summary>
internal sealed class SweepLoop(OutboxSweep sweep, TimeProvider time, ILogger<SweepLoop> logger) : RepeatingLoop(time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await sweep.RunAsync(stopping);
        return Interval;
    }
}
