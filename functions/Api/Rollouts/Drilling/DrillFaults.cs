using Vivace.Api.Auth;
using Vivace.Api.Problems;
using Vivace.Api.Rollouts.Steering;
using Vivace.Contracts.Problems;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Storage;
using Vivace.Runtime.Processing;

namespace Vivace.Api.Rollouts.Drilling;

/// <summary>
/// <c>X-Vivace-Drill: error</c> or <c>latency</c>: an operator has a turn fail, or be later than promised, if it is served fast.
/// It counts as any other turn.
/// </summary>
internal sealed class DrillFaults(IRolloutStore store, RolloutPlans plans)
{
    private const string Header = "X-Vivace-Drill";

    /// <summary>How much later than promised a late turn is.</summary>
    private const double Lateness = 1.3;

    /// <summary>What the header asks for; from anybody but an operator it asks for nothing.</summary>
    public async ValueTask<(InjectedFault? Fault, Problem? Problem)> OfAsync(IHeaderDictionary headers, Caller caller, bool streamed, CancellationToken cancellation)
    {
        if ((string?)headers[Header] is not { } asked || !caller.IsOperator)
        {
            return (null, null);
        }

        return streamed
            ? (null, ProblemKinds.InvalidRequest($"{Header} goes with messages whose reply is JSON."))
            : asked switch
            {
                "error" => (new InjectedFault(TimeSpan.Zero, Fails: true), null),
                "latency" => (new InjectedFault(Lateness * await PromisedAsync(cancellation), Fails: false), null),
                _ => (null, ProblemKinds.InvalidRequest($"{Header} must be error or latency.")),
            };
    }

    private async ValueTask<TimeSpan> PromisedAsync(CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(RolloutName.FastMode, cancellation);
        return TimeSpan.FromSeconds((RolloutPlans.InForce(stored, plans.Configured()) ?? RolloutPlan.Default).FirstChunkSlo);
    }
}
