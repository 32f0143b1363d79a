using Vivace.Api.Bus;
using Vivace.Api.Evaluations;
using Vivace.Api.Rollouts.Steering;
using Vivace.Api.Sweeping;
using Vivace.Api.Turns;

namespace Vivace.Api.Triggers;

/// <summary><c>/{function}</c> for each function of the Functions host that is not HTTP, as its function.json declares it.</summary>
internal static class TriggerEndpoints
{
    /// <summary>How long the dead-letter queues must stay empty.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddVivaceTriggers(this IServiceCollection services) => services.AddSingleton<TriggerRunner>();

    /// <param name="byHost">Whether a Functions host brings the work; otherwise these paths do not exist.</param>
    public static void MapTriggers(this WebApplication app, bool byHost)
    {
        if (!byHost)
        {
            return;
        }

        var triggers = app.MapGroup("").AddEndpointFilter(TriggerGate.AdmitAsync).ExcludeFromDescription();
        triggers.Map("/ProcessTurn", (HttpContext context, TriggerRunner runner, TurnWorker turns)
            => runner.RunMessagesAsync(context, BusJson.Default.TurnMessage, turns.HandleAsync));
        triggers.Map("/RunEvaluation", (HttpContext context, TriggerRunner runner, EvaluationWorker evaluations)
            => runner.RunMessagesAsync(context, BusJson.Default.EvaluationMessage, evaluations.HandleAsync));
        triggers.Map("/DrainDeadLetters", (HttpContext context, TriggerRunner runner, DeadLetterDrain drain)
            => runner.RunTimerAsync(context, cancellation => drain.RunAsync(Quiet, cancellation)));
        triggers.Map("/SweepOutbox", (HttpContext context, TriggerRunner runner, OutboxSweep sweep)
            => runner.RunTimerAsync(context, sweep.RunAsync));
        triggers.Map("/ReconcileRollout", (HttpContext context, TriggerRunner runner, RolloutController controller)
            => runner.RunTimerAsync(context, controller.RunAsync));
    }
}
