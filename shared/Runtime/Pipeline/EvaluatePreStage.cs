using Vivace.Contracts.Turns;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Replies;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Pipeline;

/// <summary>Lets pre-evaluators pass, rewrite or block the message, in order.</summary>
internal sealed class EvaluatePreStage(AgentOptions agent, VivaceMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task RunAsync(TurnRun run, CancellationToken cancellation)
    {
        foreach (var evaluator in run.Turn.Profile.PreEvaluators)
        {
            var (use, end) = await EvaluateAsync(evaluator, run, cancellation);
            run.PreEvaluators.Add(use);
            metrics.Evaluator(use.Name, use.Outcome, use.Reason, run.Turn.Routing);
            if (end is not null)
            {
                // Nobody answers a message to others in a group, blocked or not.
                run.End = ShouldRespondStage.IsAddressed(run.Turn, run.Text, agent.Name) ? end : end with { Responded = false, Replacement = "" };
                return;
            }
        }
    }

    private async ValueTask<(CapabilityUse Use, TurnEnd? End)> EvaluateAsync(IPreEvaluator evaluator, TurnRun run, CancellationToken cancellation)
    {
        var name = evaluator.Evaluator.Name;
        try
        {
            var context = new PreEvaluatorContext(run.Turn, run.Text, run.Model);
            var verdict = await Deadline.RunAsync(token => evaluator.EvaluateAsync(context, token), Limit, time, cancellation);
            if (verdict.Replacement is { } replacement)
            {
                return (new CapabilityUse(name, "block", verdict.Reason), TurnEnd.Blocked(replacement, verdict.Reason ?? name));
            }

            run.Text = verdict.Rewritten ?? run.Text;
            return (new CapabilityUse(name, verdict.Rewritten is null ? "pass" : "rewrite", verdict.Reason), null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not Models.ModelRoutingException)
        {
            var reason = e is TimeoutException ? "timeout" : e.GetType().Name;
            return evaluator.Evaluator.Criticality == Criticality.Critical
                ? (new CapabilityUse(name, "failed", reason), TurnEnd.Blocked(ReplyGate.FailedReviewReplacement, reason))
                : (new CapabilityUse(name, "skipped", reason), null);
        }
    }
}
