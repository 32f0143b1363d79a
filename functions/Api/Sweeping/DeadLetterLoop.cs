using Vivace.Api.Hosting;

namespace Vivace.Api.Sweeping;

/// <summary>Drains dead letters all the time where no timer of a host does.</summary>
internal sealed class DeadLetterLoop(DeadLetterDrain drain, TimeProvider time, ILogger<DeadLetterLoop> logger) : RepeatingLoop(time, logger)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await drain.RunAsync(Wait, stopping);
        return TimeSpan.Zero;
    }
}
