using Vivace.Contracts.Turns;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Pipeline;

/// <summary>Settles what the model's calls mean for the reply, which is never empty unless the agent stays silent.</summary>
internal sealed class ProcessActionsStage(VivaceMetrics metrics)
{
    internal const string RefusedReply = "Sorry, I can't do that here.";
    internal const string FailedReply = "Sorry, that did not work.";
    internal const string EmptyReply = "Sorry, I have no answer to that.";

    public async Task RunAsync(TurnRun run, CancellationToken cancellation)
    {
        var refused = CountCalls(run);
        if (run.Gate.IsEmpty)
        {
            if (run.Executed.Any(e => e.Outcome?.Effect == ActionEffect.StaySilent))
            {
                run.End = TurnEnd.Silent("ignored");
                return;
            }

            await run.Gate.AppendAsync(ReplyOf(run, refused), cancellation);
        }

        await run.Gate.CompleteAsync(cancellation);
        if (run.Gate.Replacement is { } replacement)
        {
            run.End = TurnEnd.Blocked(replacement, "reply");
        }
    }

    /// <summary>Every call in the model's responses was executed or is refused.</summary>
    private bool CountCalls(TurnRun run)
    {
        var refused = false;
        var unmatched = run.Executed.ToList();
        foreach (var call in run.Called)
        {
            if (unmatched.Find(e => e.CallId == call.CallId) is { } executed)
            {
                unmatched.Remove(executed);
                run.Actions.Add(new CapabilityUse(executed.Name, executed.Outcome is null ? "failed" : "ok"));
                continue;
            }

            refused = true;
            var isAllowed = run.Turn.Profile.AllowedActions.Contains(call.Name);
            var isShown = run.Shown.Any(a => a.Descriptor.Name == call.Name);
            run.Actions.Add(new CapabilityUse(call.Name, "refused", isShown ? "surplus" : isAllowed ? "not-shown" : "not-allowed"));
            metrics.Action(isAllowed ? call.Name : "other", "refused", run.Turn.Routing);
        }

        return refused;
    }

    private static string ReplyOf(TurnRun run, bool refused)
    {
        foreach (var action in run.Executed)
        {
            if (action.Outcome?.ReplyText is { Length: > 0 } text)
            {
                return text;
            }
        }

        return refused ? RefusedReply : run.Executed.Any(e => e.Outcome is null) ? FailedReply : EmptyReply;
    }
}
