using Vivace.Api.Hosting;
using Vivace.Api.Settings;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>Writes what was measured every few seconds and once more at a clean stop, and says that this process is there.</summary>
internal sealed partial class MeasurementLoop(RolloutRecorder recorder, Presence presence, RolloutsSettings settings, TimeProvider time, ILogger<MeasurementLoop> logger)
    : RepeatingLoop(time, logger)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(settings.FlushSeconds);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await recorder.FlushAsync(cancellationToken);
            await presence.LeaveAsync(cancellationToken);
        }
        catch (StoreUnavailableException e)
        {
            Log.Lost(logger, e.Message);
        }
    }

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await presence.BeatAsync(stopping);
        await recorder.FlushAsync(stopping);
        return interval;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What was measured of the rollout last could not be written, and is lost to it: {Fault}")]
        public static partial void Lost(ILogger logger, string fault);
    }
}
