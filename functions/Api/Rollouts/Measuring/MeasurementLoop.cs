using Vivace.Api.Hosting;
using Vivace.Api.Settings;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>Writes what was measured every few seconds and once more at a clean stop, and says that this process is there.</summary>
internal sealed partial class MeasurementLoop(RolloutRecorder recorder, Presence presence, RolloutsSettings settings, TimeProvider time, ILogger<MeasurementLoop> logger)
    : RepeatingLoop(time, logger)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(settings.FlushSeconds);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(recorder.FlushAsync, Log.Lost, cancellationToken);
        await TryAsync(presence.LeaveAsync, Log.NotLeft, cancellationToken);
    }

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await presence.BeatAsync(stopping);
        await recorder.FlushAsync(stopping);
        return interval;
    }

    /// <summary>The edge of a stop: what fails here keeps nothing else from stopping.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> last, Action<ILogger, Exception> say, CancellationToken cancellation)
    {
        try
        {
            await last(cancellation);
        }
        catch (Exception e)
        {
            say(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What was measured of the rollout last could not be written, and is lost to it")]
        public static partial void Lost(ILogger logger, Exception fault);

        [LoggerMessage(LogLevel.Warning, "That this process is gone could not be written; it counts as there until its last sign of life is too old")]
        public static partial void NotLeft(ILogger logger, Exception fault);
    }
}
