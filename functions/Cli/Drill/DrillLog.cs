using Vivace.Cli.Drill.Judging;

namespace Vivace.Cli.Drill;

/// <summary>What a drill observes, from all its loops.</summary>
internal sealed class DrillLog(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly long begin = time.GetTimestamp();
    private readonly List<DrillTurn> turns = [];
    private readonly List<DrillLook> looks = [];
    private int units;

    /// <summary>From the drill's beginning.</summary>
    public TimeSpan Now => time.GetElapsedTime(begin);

    /// <summary>What ended a loop that must not end; null: nothing did.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>The number of a new unit.</summary>
    public int NextUnit() => Interlocked.Increment(ref units);

    public void Add(DrillTurn turn)
    {
        lock (gate)
        {
            turns.Add(turn);
        }
    }

    public void Add(DrillLook look)
    {
        lock (gate)
        {
            looks.Add(look);
        }
    }

    public void Break(Exception by)
    {
        lock (gate)
        {
            Broken ??= by;
        }
    }

    /// <summary>All of it until now.</summary>
    public (IReadOnlyList<DrillTurn> Turns, IReadOnlyList<DrillLook> Looks) Read()
    {
        lock (gate)
        {
            return ([.. turns], [.. looks]);
        }
    }
}
