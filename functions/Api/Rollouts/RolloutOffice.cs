using Vivace.Api.Rollouts.Measuring;
using Vivace.Api.Rollouts.Steering;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts;

/// <summary>What people do to a rollout, and what they see of it.</summary>
internal sealed class RolloutOffice(RolloutController controller, StartCheck check, Presence presence, IRolloutStore store, TimeProvider time)
{
    /// <returns>Why it was refused; null: it was done.</returns>
    public Task<string?> StartAsync(RolloutRequest request, string actor, CancellationToken cancellation)
        => controller.OperateAsync((look, token) => StartAsync(look, request, actor, token), cancellation);

    public Task<string?> PromoteAsync(RolloutRequest request, string actor, CancellationToken cancellation)
        => MoveOnAsync((look, plan, status) => RolloutOperations.Promote(plan, status, look.Measurements, look.Says, actor, look.At, request.Note), cancellation);

    public Task<string?> PauseAsync(RolloutRequest request, string actor, CancellationToken cancellation)
        => controller.OperateAsync(
            (look, _) => new(look is { Stored.IsStatusInPart: true, WhyHeld: { } held }
                ? RolloutMove.Refused(held)
                : Move(look, (look, plan, status) => RolloutOperations.Pause(plan, status, actor, look.At, request.Note))),
            cancellation);

    public Task<string?> ResumeAsync(RolloutRequest request, string actor, CancellationToken cancellation)
        => MoveOnAsync((look, plan, status) => RolloutOperations.Resume(plan, status, look.Measurements, look.Says, actor, look.At, request.Note), cancellation);

    public Task<string?> AbortAsync(RolloutRequest request, string actor, CancellationToken cancellation)
        => MoveAsync((look, plan, status) => RolloutOperations.Abort(plan, status, plan.Rollback, look.Says, actor, look.At, request.Note), cancellation);

    /// <summary>Where it stands, or a sentence that says why that is not known.</summary>
    public async Task<(RolloutReply? Reply, string? Refusal)> SeeAsync(CancellationToken cancellation)
    {
        var look = await controller.SeeAsync(cancellation);
        return look.WhyUnread is { } why ? (null, why) : (await ReplyAsync(look, cancellation), null);
    }

    private async Task<RolloutReply> ReplyAsync(RolloutLook look, CancellationToken cancellation)
    {
        var gates = look is { Status: { } status, Plan: { } plan } && !status.IsEnded()
            ? Reconciler.Judge(plan, status, look.Measurements, look.Says, look.At)
            : [];
        return new RolloutReply
        {
            Name = RolloutName.FastMode,
            Plan = look.Plan ?? look.Configured.Plan,
            PlanFaults = look.Configured.Faults,
            Fault = look.WhyHeld,
            Status = look.Status,
            Verdict = gates.Length > 0 ? gates.Max(g => g.Verdict) : look.Status?.Verdict,
            Gates = gates,
            Measurements = look.Measurements,
            Flag = look.Says,
            Instances = (await presence.OthersAndSelfAsync(cancellation)).Count,
            ProfileHashes = presence.ProfileHashes,
            Probe = await store.ProbeAsync(RolloutName.FastMode, cancellation),
            Head = look.Stored.Head,
        };
    }

    private async ValueTask<RolloutMove> StartAsync(RolloutLook look, RolloutRequest request, string actor, CancellationToken cancellation)
    {
        if (look.WhyHeld is { } held)
        {
            return RolloutMove.Refused(held);
        }

        if (request.Plan is null && look.Configured.Faults.Count > 0)
        {
            return RolloutMove.Refused($"The configured plan has faults: {string.Join(' ', look.Configured.Faults)}");
        }

        if (!request.Force && await check.WhyNotAsync(cancellation) is { } why)
        {
            return RolloutMove.Refused(why);
        }

        var isConfigured = request.Plan is null && look.Configured.Plan is not null;
        var plan = request.Plan ?? look.Configured.Plan ?? RolloutPlan.Default;
        var hasRun = await store.HasRunAsync(RolloutName.FastMode, plan.Id, cancellation);
        var outcome = RolloutOperations.Start(plan, look.Status, _ => hasRun, look.Says, actor, time.GetUtcNow(), request.Note);
        return outcome.Decision is { } decision ? new RolloutMove(plan, isConfigured, decision, null) : RolloutMove.Refused(outcome.Refusal!);
    }

    private Task<string?> MoveAsync(Func<RolloutLook, RolloutPlan, RolloutStatus, OperationOutcome> move, CancellationToken cancellation)
        => controller.OperateAsync((look, _) => new(Move(look, move)), cancellation);

    /// <summary>For what needs the whole plan.</summary>
    private Task<string?> MoveOnAsync(Func<RolloutLook, RolloutPlan, RolloutStatus, OperationOutcome> move, CancellationToken cancellation)
        => controller.OperateAsync((look, _) => new(look.WhyHeld is { } held ? RolloutMove.Refused(held) : Move(look, move)), cancellation);

    private static RolloutMove Move(RolloutLook look, Func<RolloutLook, RolloutPlan, RolloutStatus, OperationOutcome> move)
        => look is { Plan: { } plan, Status: { } status } ? RolloutMove.Of(look, move(look, plan, status)) : RolloutMove.Refused("Nothing has been started.");
}
