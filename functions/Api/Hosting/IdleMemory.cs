using Vivace.Api.Turns;
using Vivace.Sqlite;

namespace Vivace.Api.Hosting;

/// <summary>
/// Gives memory back when the process comes to rest after work: the collector by itself keeps what a busy time has taken, since
/// it runs only when something is allocated. One blocking collection of a few milliseconds, when nobody waits.
/// </summary>
internal sealed class IdleMemory(LiveTurns live, TimeProvider time, ILogger<IdleMemory> logger) : RepeatingLoop(time, logger)
{
    /// <summary>Some hundred turns.</summary>
    private const long Much = 32 << 20;

    /// <summary>Timers, heartbeats, a look at the settings.</summary>
    private const long Hardly = 256 << 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly RestWatch watch = new(Much, Hardly);

    protected override ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        if (live.IsEmpty && watch.Rests(GC.GetTotalAllocatedBytes()))
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            SqliteStore.TrimMemory();
        }

        return new(Interval);
    }
}
