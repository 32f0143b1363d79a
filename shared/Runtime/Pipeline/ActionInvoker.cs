using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Models;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Pipeline;

/// <summary>
/// The call boundary of actions: whatever the prompt showed, only what the profile allows is executed, and only as often.
/// </summary>
internal sealed partial class ActionInvoker(TurnRun run, VivaceMetrics metrics, ILogger logger)
{
    private int executed;

    public async ValueTask<object?> InvokeAsync(FunctionInvocationContext call, CancellationToken cancellation)
    {
        var options = run.Turn.Profile.Options;
        if (options.Generation.MaxModelCalls == 1)
        {
            call.Terminate = true;
        }

        if (call.Function is not ActionFunction { Action: var action } || !run.Turn.Profile.AllowedActions.Contains(call.Function.Name))
        {
            call.Terminate = true;
            return "Refused: not allowed.";
        }

        var name = action.Descriptor.Name;
        var mayHaveEffects = !ReplyActions.IsAlwaysAllowed(name);
        if (mayHaveEffects && options.Actions.MaxExecuted is { } limit && executed >= limit)
        {
            return "Refused: no further action is allowed in this turn.";
        }

        if (mayHaveEffects)
        {
            executed++;
        }

        // The function loop restores an activity of its own between streamed updates.
        Activity.Current = run.Activity;
        var outcome = await ExecuteAsync(action, mayHaveEffects, call, cancellation);
        if (run.Fault is not null)
        {
            call.Terminate = true;
        }

        run.Executed.Add(new ExecutedAction(name, call.CallContent.CallId, outcome));
        if (outcome is { Effect: not ActionEffect.Continue })
        {
            call.Terminate = true;
        }

        return outcome?.Result ?? "The action failed.";
    }

    private async ValueTask<ActionOutcome?> ExecuteAsync(IAgentAction action, bool mayHaveEffects, FunctionInvocationContext call, CancellationToken cancellation)
    {
        var name = action.Descriptor.Name;
        try
        {
            if (mayHaveEffects)
            {
                await run.BeforeActing().WaitAsync(cancellation);
                cancellation.ThrowIfCancellationRequested();
            }

            var context = new ActionContext(run.Turn, call.Arguments, run.Model);
            var outcome = await action.InvokeAsync(context, cancellation);
            metrics.Action(name, "ok", run.Turn.Routing);
            return outcome;
        }
        catch (ModelRoutingException e)
        {
            run.Fault = e;
            return null;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, name, run.Turn.Options.TurnId, e.GetType().Name);
            metrics.Action(name, "failed", run.Turn.Routing);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Action {Action} failed in turn {TurnId}: {Fault}")]
        public static partial void Failed(ILogger logger, string action, string turnId, string fault);
    }
}
