using Vivace.Api.Hosting;
using Vivace.Api.Settings;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>Judges every few seconds where no timer of a host does.</summary>
internal sealed class ReconcileLoop(RolloutController controller, RolloutsSettings settings, TimeProvider time, ILogger<ReconcileLoop> logger) : RepeatingLoop(time, logger)
{
    private readonly TimeSpan interval = TimeSpan.FromSeconds(settings.ReconcileSeconds);

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await controller.RunAsync(stopping);
        return interval;
    }
}
