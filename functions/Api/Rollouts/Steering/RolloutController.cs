using Vivace.Api.Rollouts.Measuring;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Storage;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>
/// Carries a rollout on: looks, decides, writes status and audit entry in one transaction, and then the flags. Any number of
/// processes may do so at once; a decision that comes second is made again from what the first has written.
/// </summary>
internal sealed partial class RolloutController(
    IRolloutStore store, RolloutRecorder recorder, RolloutPlans plans, RolloutFlags flags, RolloutMeasurer measurer, TimeProvider time, ILogger<RolloutController> logger) : IDisposable
{
    /// <summary>Lost races in a row until the next round is waited for.</summary>
    private const int Tries = 8;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private long looked;
    private string? said;

    /// <summary>Judges the rollout and does what follows; what could not be written to the flags is written in a later round.</summary>
    /// <returns>Whether nothing is left to be written.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return await ReconcileAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Does what a person asks for, and judges at once what it led to.</summary>
    /// <param name="decide">Decides from a look; asked again where another decision came first.</param>
    /// <returns>Why it was refused; null: it was done.</returns>
    public async Task<string?> OperateAsync(Func<RolloutLook, CancellationToken, ValueTask<RolloutMove>> decide, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                var look = await LookAsync(cancellation);
                if (look.WhyUnread is { } why)
                {
                    return why;
                }

                var move = await decide(look, cancellation);
                if (move.Decision is null)
                {
                    return move.Refusal;
                }

                if (await CommitAsync(look, move, cancellation))
                {
                    await WriteFlagsAsync(look, move, cancellation);
                    await JudgeAsync(cancellation);
                    return null;
                }
            }

            return "Other decisions came first, again and again; try again.";
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The rollout as it is seen now, for whoever asks.</summary>
    public async Task<RolloutLook> SeeAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return await LookAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>What a person asked for is done by now; that it could not be judged at once is for a later round.</summary>
    private async Task JudgeAsync(CancellationToken cancellation)
    {
        try
        {
            await ReconcileAsync(cancellation);
        }
        catch (StoreUnavailableException e)
        {
            Log.NotJudged(logger, e.Message);
        }
    }

    private async Task<bool> ReconcileAsync(CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(RolloutName.FastMode, cancellation);
        SayOnce(stored.Status?.IsEnded() is true ? null : stored.Fault);
        if (stored.IsStatusUnread)
        {
            return false;
        }

        if (IsAtRest(stored.Status))
        {
            await recorder.FlushAsync(cancellation);
            return true;
        }

        looked = time.GetTimestamp();
        for (var tries = 0; tries < Tries && await RoundAsync(cancellation); tries++)
        {
            // What was written is looked at again: that the flags say it, or that somebody else came first.
        }

        return (await store.LoadAsync(RolloutName.FastMode, cancellation)).Status is not { FlagConfirmed: false };
    }

    private void SayOnce(string? fault)
    {
        if (fault is not null && fault != said)
        {
            Log.Held(logger, fault);
        }

        said = fault;
    }

    /// <summary>
    /// Nothing has been started, or what was has ended and is switched off: a configuration server counts requests, and is not
    /// asked for that every few seconds.
    /// </summary>
    private bool IsAtRest(RolloutStatus? status) => status is null
        || (status.IsEnded() && status.FlagConfirmed && !(time.GetUtcNow() < status.Late?.Until) && time.GetElapsedTime(looked) < Rest);

    /// <summary>Whether to look again at once.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellation)
    {
        var look = await LookAsync(cancellation);
        if (look is not { Status: { } status, Plan: { } plan })
        {
            return false;
        }

        var decision = Reconciler.Reconcile(plan, status, look.Measurements, look.Says, look.At);
        if (look.WhyHeld is not null && !decision.Status.IsEnded())
        {
            // Whatever else is to be decided is left to the version that has written it, which may be judging beside this one.
            return false;
        }

        var move = RolloutMove.Of(look, decision);
        if (decision.Status != status && !await CommitAsync(look, move, cancellation))
        {
            return true;
        }

        return decision.Flag is not null && await WriteFlagsAsync(look, move, cancellation);
    }

    private async Task<RolloutLook> LookAsync(CancellationToken cancellation)
    {
        await recorder.FlushAsync(cancellation);
        var stored = await store.LoadAsync(RolloutName.FastMode, cancellation);
        var configured = plans.Configured();
        var plan = RolloutPlans.ToJudgeBy(stored, configured);
        var read = await flags.ReadAsync(plan?.Cohort, cancellation);
        var measurements = await MeasureAsync(stored.Status, plan, cancellation);
        var says = read is { } found ? HalfWritten.Undo(stored.Status, found.Says) : null;
        return new RolloutLook(stored, configured, read?.Reading, says, measurements, time.GetUtcNow());
    }

    private async Task<Measurements?> MeasureAsync(RolloutStatus? status, RolloutPlan? plan, CancellationToken cancellation)
    {
        if (status is null || status.IsEnded())
        {
            measurer.Forget();
            return null;
        }

        return await measurer.MeasureAsync(plan!, cancellation);
    }

    private async Task<bool> CommitAsync(RolloutLook look, RolloutMove move, CancellationToken cancellation)
    {
        var (plan, decision) = (move.Plan!, move.Decision!);
        var entry = decision.Audit is { } record ? AuditLog.Append(look.Stored.Head, record) : null;
        var commit = new RolloutCommit(InForce(look, move), move.IsConfigured, decision.Status, entry);
        if (!await store.CommitAsync(RolloutName.FastMode, look.Stored.Version, commit, cancellation))
        {
            return false;
        }

        if (entry is not null)
        {
            RolloutLog.Decided(logger, plan, look.Status, decision, entry);
        }

        return true;
    }

    /// <summary>
    /// A plan that was edited is in force once a person has taken it, by a start or by resuming; until then it is an edit. One that
    /// was not read whole stays as it is stored.
    /// </summary>
    private static RolloutPlan? InForce(RolloutLook look, RolloutMove move)
        => move.Decision!.Status.PlanHash != look.Status?.PlanHash ? move.Plan : look.Stored.Fault is null ? look.Stored.Plan : null;

    private async Task<bool> WriteFlagsAsync(RolloutLook look, RolloutMove move, CancellationToken cancellation)
        => move.Decision!.Flag is { } target && look.Flags is { } read && await flags.WriteAsync(read, target, move.Plan!.Cohort, cancellation);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The rollout could not be judged at once after what a person did: {Fault}")]
        public static partial void NotJudged(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Error, "The rollout is held: {Fault}")]
        public static partial void Held(ILogger logger, string fault);
    }
}
