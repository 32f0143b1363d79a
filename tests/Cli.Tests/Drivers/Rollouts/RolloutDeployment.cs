using System.Text.Json;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Cli.Tests.Drivers.Rollouts;

/// <summary>
/// What the endpoints of one deployment share: the rollout, judged as a server judges it, its audit log, its flags and its
/// units. A write of the flags arrives late, at each endpoint as late as that says.
/// </summary>
internal sealed class RolloutDeployment
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly List<(DateTimeOffset At, FlagAllocation Flag)> flags = [(DateTimeOffset.MinValue, new(true, false, true, 0, "none"))];
    private readonly Dictionary<string, RolloutArm> arms = [];
    private AuditHead head = AuditHead.Empty;
    private RolloutLedger? ledger;

    public static IReadOnlyDictionary<string, string> Hashes { get; } = new Dictionary<string, string> { ["default"] = "d1", ["fast-v1"] = "f1" };

    /// <summary>The configured plan.</summary>
    public RolloutPlan Plan { get; private set; } = RolloutPlan.Default;

    public RolloutStatus? Status { get; private set; }

    public Decision? Last { get; private set; }

    public Measurements? Measured { get; private set; }

    public JsonElement? Probe { get; set; }

    /// <summary>How long a write of the flags takes.</summary>
    public TimeSpan WriteDelay { get; init; }

    /// <summary>A rollback that is decided but never written.</summary>
    public bool LosesWrites { get; set; }

    public AuditHead Head => head;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>The flags as a reader sees them that is so late.</summary>
    public FlagAllocation Flag(TimeSpan late)
    {
        lock (gate)
        {
            return flags.Last(f => f.At + late <= Now).Flag;
        }
    }

    /// <summary>What has been written so far has long reached every endpoint.</summary>
    public void SpreadFlags()
    {
        lock (gate)
        {
            flags[^1] = (DateTimeOffset.MinValue, flags[^1].Flag);
        }
    }

    /// <summary>Another log in place of its own.</summary>
    public void Keep(IEnumerable<string> stored, AuditHead last)
    {
        lines.Clear();
        lines.AddRange(stored);
        head = last;
    }

    /// <summary>The refusal; null when it was done.</summary>
    public string? Operate(Func<RolloutStatus?, FlagAllocation, Measurements?, OperationOutcome> operation, RolloutPlan? plan = null)
    {
        lock (gate)
        {
            var outcome = operation(Status, Flag(TimeSpan.Zero), ledger?.Measure(null, Now));
            if (outcome.Decision is { } decision)
            {
                Plan = plan ?? Plan;
                ledger = plan is null ? ledger : new RolloutLedger(plan);
                Take(decision);
            }

            return outcome.Refusal;
        }
    }

    public RolloutArm ArmOf(string unit)
    {
        lock (gate)
        {
            return arms.TryGetValue(unit, out var arm) ? arm : arms[unit] = arms.Count % 2 == 0 ? RolloutArm.Fast : RolloutArm.Control;
        }
    }

    public void Count(string unit, double? firstChunk, bool failed)
    {
        lock (gate)
        {
            var turn = new TurnObservation
            {
                Unit = unit, Arm = ArmOf(unit), Percent = Status!.Percent, At = Now, AskedFast = true, FirstChunk = firstChunk, Failed = failed,
            };
            ledger!.Apply(turn.ToRecord(Plan.Quality));
        }

        Judge();
    }

    public void Judge()
    {
        lock (gate)
        {
            if (Status is { } status)
            {
                Measured = ledger!.Measure(null, Now);
                Take(Reconciler.Reconcile(Plan, status, Measured, Flag(TimeSpan.Zero), Now));
            }
        }
    }

    private void Take(Decision decision)
    {
        (Status, Last) = (decision.Status, decision);
        if (decision.Audit is { } record)
        {
            var entry = AuditLog.Append(head, record);
            head = AuditLog.HeadOf(entry);
            lines.Add(AuditLog.ToLine(entry));
        }

        if (decision.Flag is { } target && !(LosesWrites && !target.RuntimeEnabled) && !target.IsMetBy(flags[^1].Flag))
        {
            flags.Add((Now + WriteDelay, new FlagAllocation(target.ContractEnabled, target.RuntimeEnabled, true, target.Percent, target.Seed)));
        }
    }
}
