using Vivace.Api.Hosting;
using Vivace.Api.Settings;

namespace Vivace.Api.Sweeping;

/// <summary>Sweeps every few seconds where no timer of a host does.</summary>
internal sealed class SweepLoop(OutboxSweep sweep, TurnsSettings settings, TimeProvider time, ILogger<SweepLoop> logger) : RepeatingLoop(time, logger)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(settings.SweepSeconds);

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await sweep.RunAsync(stopping);
        return interval;
    }
}
