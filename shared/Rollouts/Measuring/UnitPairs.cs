using Vivace.Contracts.Processing;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Measuring;

/// <summary>
/// Pairs the i-th fast with the i-th control unit by first turn (ties by unit). Only turns that began longer ago than the
/// plan's settling time are paired: by then slow ones too have been reported, and nothing comes between.
/// </summary>
internal sealed class UnitPairs(RolloutPlan plan)
{
    private readonly Arm fast = new();
    private readonly Arm control = new();
    private DateTimeOffset settledUntil = DateTimeOffset.MinValue;
    private int paired;
    private long faster;

    /// <summary>Whether a unit came, or changed, where pairs had been made already, so that all have to be made again.</summary>
    public bool IsStale { get; private set; }

    public void Change(UnitRecord? before, UnitRecord after)
    {
        var (old, first) = (before is { IsCompared: true } ? before.First : null, after.IsCompared ? after.First : null);
        if (old is not null && !(first is not null && (old.At, old.Arm, old.FirstChunk) == (first.At, first.Arm, first.FirstChunk)))
        {
            IsStale = true;
        }
        else if (old is null && first is not null)
        {
            IsStale |= first.At <= settledUntil;
            (first.Arm == RolloutArm.Fast ? fast : control).Waiting.Enqueue(first.FirstChunk, (first.At, after.Unit));
        }
    }

    public void MakeAgain(IEnumerable<UnitRecord> units)
    {
        (paired, faster, settledUntil) = (0, 0, DateTimeOffset.MinValue);
        fast.Clear();
        control.Clear();
        foreach (var unit in units)
        {
            Change(null, unit);
        }

        IsStale = false;
    }

    public Count Count(DateTimeOffset now)
    {
        var until = now - plan.Settling;
        settledUntil = until > settledUntil ? until : settledUntil;
        fast.Settle(settledUntil);
        control.Settle(settledUntil);
        for (; paired < Math.Min(fast.Settled.Count, control.Settled.Count); paired++)
        {
            // A turn without a chunk counts as not faster, in either arm: that can only keep a rollout from moving on.
            faster += fast.Settled[paired] < plan.FasterThan * control.Settled[paired] ? 1 : 0;
        }

        return new Count(faster, paired);
    }

    private sealed class Arm
    {
        public PriorityQueue<double?, (DateTimeOffset At, string Unit)> Waiting { get; } = new(FirstTurnOrder.Instance);

        public List<double?> Settled { get; } = [];

        public void Settle(DateTimeOffset until)
        {
            while (Waiting.TryPeek(out var seconds, out var turn) && turn.At <= until)
            {
                Waiting.Dequeue();
                Settled.Add(seconds);
            }
        }

        public void Clear()
        {
            Waiting.Clear();
            Settled.Clear();
        }
    }
}
