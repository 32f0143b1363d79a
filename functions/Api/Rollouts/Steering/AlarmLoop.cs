using Vivace.Api.Hosting;
using Vivace.Api.Rollouts.Measuring;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>Judges at once when this process has seen a mismatch: the absolute guard, from the instance that saw it.</summary>
internal sealed class AlarmLoop(RolloutController controller, MismatchWatch mismatches, TimeProvider time, ILogger<AlarmLoop> logger) : RepeatingLoop(time, logger)
{
    private bool isOpen;

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        // A round that failed, or could not write, is an alarm that nobody has heard yet.
        isOpen = isOpen || await mismatches.SeenAsync(stopping);
        isOpen = !await controller.RunAsync(stopping);
        return isOpen ? PauseAfterFailure : TimeSpan.Zero;
    }
}
