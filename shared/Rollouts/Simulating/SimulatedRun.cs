using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Simulating;

/// <summary>Plays one rollout through the reconciler that production uses.</summary>
internal sealed class SimulatedRun
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly SimulationOptions options;
    private readonly int run;
    private readonly ITrafficSource traffic;
    private readonly SimulatedRows rows;
    private readonly RolloutLedger ledger;
    private readonly List<string> lines = [];
    private AuditHead head = AuditHead.Empty;
    private RolloutStatus status;
    private Measurements? measured;
    private double now;

    public SimulatedRun(SimulationOptions options, int run)
    {
        var random = SimulationRandom.OfRun(options.Seed, run);
        (this.options, this.run) = (options, run);
        traffic = options.Population.Owners == 0 ? new IndependentTraffic(options, random) : new OwnerTraffic(options, random);
        rows = new SimulatedRows(options, random, Start);
        ledger = new RolloutLedger(options.Plan);
        var started = RolloutOperations.Start(options.Plan, null, _ => false, new FlagAllocation(false, false, false), "simulation", Start);
        status = Taken(started.Decision ?? throw new ArgumentException(started.Refusal, nameof(options)));
        traffic.Begin(status.Percent, now);
    }

    private bool IsOver => status.State != RolloutState.Running || now >= options.MaximumTime.TotalSeconds;

    public SimulatedRollout Play(CancellationToken cancellationToken)
    {
        while (!IsOver)
        {
            cancellationToken.ThrowIfCancellationRequested();
            now = NextJudgement();
            while (traffic.NextAt <= now)
            {
                var at = traffic.NextAt;
                rows.Add(traffic.Take(), status.Percent, at);
            }

            rows.Flush(ledger, now);
            Judge();
        }

        return new SimulatedRollout(run, status, TimeSpan.FromSeconds(now), measured?.Units ?? default, lines, head);
    }

    /// <summary>
    /// The next flush at which anything can be different: something becomes known, or the step has lasted long enough, from when
    /// on every flush is judged. At those between nothing that a gate reads has changed.
    /// </summary>
    private double NextJudgement()
    {
        var flush = options.Flush.TotalSeconds;
        var due = (status.StepSince - Start + options.Plan.Steps[status.Step].MinimumTime).TotalSeconds;
        var next = Math.Min(Math.Min(traffic.NextAt, rows.NextAt), Math.Min(due, options.MaximumTime.TotalSeconds));
        return Math.Max(now + flush, Math.Ceiling(next / flush) * flush);
    }

    private void Judge()
    {
        var at = Start + TimeSpan.FromSeconds(now);
        measured = ledger.Measure(rows.JudgedUntil(now), at);
        var flag = new FlagAllocation(status.Flag.ContractEnabled, status.Flag.RuntimeEnabled, true, status.Flag.Percent, status.Flag.Seed);
        var percent = status.Percent;
        status = Taken(Reconciler.Reconcile(options.Plan, status, measured, flag, at));
        if (status.Percent != percent)
        {
            traffic.Begin(status.Percent, now);
        }
    }

    private RolloutStatus Taken(Decision decision)
    {
        if (options.KeepAudit && decision.Audit is { } record)
        {
            var entry = AuditLog.Append(head, record);
            head = AuditLog.HeadOf(entry);
            lines.Add(AuditLog.ToLine(entry));
        }

        return decision.Status;
    }
}
