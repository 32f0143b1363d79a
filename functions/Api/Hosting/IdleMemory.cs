namespace Vivace.Api.Hosting;

/// <summary>
/// Gives memory back when the process comes to rest after work: the collector by itself keeps what a busy time has taken, since
/// it runs only when something is allocated. One blocking collection of a few milliseconds, when nobody waits.
/// </summary>
internal sealed class IdleMemory(TimeProvider time, ILogger<IdleMemory> logger) : RepeatingLoop(time, logger)
{
    /// <summary>What must have been allocated since the last time; several hundred turns.</summary>
    private const long Much = 32 << 20;

    /// <summary>What a process at rest may allocate within an interval: timers, heartbeats, a look at the settings.</summary>
    private const long Hardly = 256 << 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private long seen;
    private long given;

    protected override ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - seen < Hardly && allocated - given > Much)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            given = allocated;
        }

        seen = allocated;
        return new(Interval);
    }
}
