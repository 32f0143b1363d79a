namespace Vivace.Api.Hosting;

/// <summary>
/// Does something again and again until the host stops. The edge of background work: a round that fails is logged, and the
/// next one is tried after the pause.
/// </summary>
internal abstract partial class RepeatingLoop(TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>One round; returns how long to pause before the next, zero for none.</summary>
    protected abstract ValueTask<TimeSpan> RoundAsync(CancellationToken stopping);

    /// <summary>The pause after a round that failed.</summary>
    protected virtual TimeSpan PauseAfterFailure => TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pause = await TryRoundAsync(stoppingToken);
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, time, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async ValueTask<TimeSpan> TryRoundAsync(CancellationToken stopping)
    {
        try
        {
            return await RoundAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            Log.Failed(logger, GetType().Name, e);
            return PauseAfterFailure;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Loop} failed and goes on")]
        public static partial void Failed(ILogger logger, string loop, Exception fault);
    }
}
