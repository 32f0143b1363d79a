using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Rollouts.Tests.Reconciling;

/// <summary>A rollout under test: holds status, flags and log as a store would.</summary>
internal sealed class Rollout
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Rollout(RolloutPlan? plan = null)
    {
        Plan = plan ?? RolloutPlan.Default;
        Take(RolloutOperations.Start(Plan, null, _ => false, Flag, "operator", Now));
    }

    public RolloutPlan Plan { get; set; }

    public RolloutStatus Status { get; set; } = null!;

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>What the flags say; null: they cannot be read.</summary>
    public FlagAllocation? Flag { get; set; } = new(true, false, false);

    /// <summary>Whether what is decided reaches the flags.</summary>
    public bool FlagsAreWritten { get; set; } = true;

    public List<AuditEntry> Log { get; } = [];

    public Decision Last { get; private set; } = null!;

    public IEnumerable<string> Lines => Log.Select(AuditLog.ToLine);

    /// <summary>Measurements with which every gate passes at the present step.</summary>
    public Measurements Good(double? percent = null) => new()
    {
        At = Now,
        Guards = [.. Enum.GetValues<GuardKind>().Select(k => new GuardCounts
        {
            Kind = k, Compared = new(10, 20), ControlFirst = new(10, 1000), AboveHalf = new(10, 1000),
        })],
        Units = new(1000, 1000),
        Pairs = new(950, 1000),
        Latency = new(10, 1000),
        CohortFailures = new(0, 20),
        Steps = [new(percent ?? Status.Percent, 1000, 1000)],
        JudgedUntil = Now,
    };

    public Measurements Bad(GuardKind kind, Count compared) => Good() with
    {
        Guards = [.. Good().Guards.Select(g => g.Kind == kind ? g with { Compared = compared } : g)],
    };

    public Decision Reconcile(Measurements? measurements) => Take(Reconciler.Reconcile(Plan, Status, measurements, Flag, Now));

    public Decision After(TimeSpan time, Func<Measurements?> measurements)
    {
        Now += time;
        return Reconcile(measurements());
    }

    /// <summary>Goes through steps until the given one has begun.</summary>
    public void MoveTo(int step)
    {
        while (Status.Step < step)
        {
            After(Plan.Steps[Status.Step].MinimumTime, () => Good());
        }
    }

    public Decision Take(OperationOutcome outcome) => Take(outcome.Decision ?? throw new InvalidOperationException(outcome.Refusal));

    public Verdict VerdictOf(Gate gate) => Last.Gates.Single(g => g.Gate == gate).Verdict;

    private Decision Take(Decision decision)
    {
        (Last, Status) = (decision, decision.Status);
        if (decision.Audit is { } record)
        {
            Log.Add(AuditLog.Append(Log.Count == 0 ? AuditHead.Empty : AuditLog.HeadOf(Log[^1]), record));
        }

        if (decision.Flag is { } target && FlagsAreWritten)
        {
            Flag = target.RuntimeEnabled
                ? new FlagAllocation(target.ContractEnabled, true, true, target.Percent, target.Seed)
                : (Flag ?? new(false, false, false)) with { ContractEnabled = target.ContractEnabled, RuntimeEnabled = false };
        }

        return decision;
    }
}
