using System.Collections.Concurrent;
using Vivace.Api.Turns;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Storage;
using Vivace.Runtime.Telemetry;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>
/// Gathers what this process measures and writes it now and then as rows that merge, whoever else writes them and in whatever
/// order. What could not be written is written again.
/// </summary>
internal sealed partial class RolloutRecorder(IRolloutStore store, InstanceId instance, TimeProvider time, ILogger<RolloutRecorder> logger) : IDisposable
{
    /// <summary>What a store that stays away may cost in memory.</summary>
    private const int MostWaiting = 200_000;

    private const int PartSize = 256;

    /// <summary>
    /// How long a bad event waits for its unit to have asked for fast: longer than any turn lasts, whose record may come after.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentQueue<(string RolloutId, TurnObservation Turn)> fresh = new();
    private readonly InstanceCounts counts = new(instance.Value);
    private readonly SemaphoreSlim gate = new(1);
    private List<WaitingRow> waiting = [];
    private bool full;

    /// <summary>Takes a turn, or what became known of it later. Turns that can make no row cost nothing.</summary>
    public void Add(string rolloutId, TurnObservation turn)
    {
        if (!turn.AskedFast && !turn.Failed && !turn.Unsafe && turn.Score is null)
        {
            return;
        }

        if (fresh.Count + waiting.Count < MostWaiting)
        {
            fresh.Enqueue((rolloutId, turn));
        }
        else if (!full)
        {
            full = true;
            Log.Full(logger, MostWaiting);
        }
    }

    /// <summary>Counts a mismatch towards the rollout that is under way.</summary>
    public void Count(MismatchKind kind) => counts.Count(kind);

    /// <summary>Writes what has been gathered; without anything new it asks nothing of the store.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (fresh.IsEmpty && waiting.Count == 0 && !counts.HasNews)
            {
                return;
            }

            var stored = await store.LoadAsync(RolloutName.FastMode, cancellation);
            if (stored.Status is { } status)
            {
                await WriteAsync(status, Gather(stored.Plan), cancellation);
                counts.Written();
            }
            else if (!stored.IsStatusUnread)
            {
                // Flags may be of the shape without anybody having started anything.
                fresh.Clear();
                waiting.Clear();
                counts.Forget();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Without a plan to make rows by, turns wait until there is one.</summary>
    private List<WaitingRow> Gather(RolloutPlan? plan)
    {
        if (plan is null)
        {
            return waiting;
        }

        var now = time.GetTimestamp();
        var rows = waiting;
        while (fresh.TryDequeue(out var observed))
        {
            var row = observed.Turn.ToRecord(plan.Quality);
            var another = observed.Turn.IsJudgedByAnother(plan.Quality);
            if (another || row.Turns.Length > 0 || row.Failed is not null || row.Unsafe is not null || row.LowQuality is not null)
            {
                rows.Add(new WaitingRow(observed.RolloutId, row, another, now));
            }
        }

        full = false;
        return rows;
    }

    private async Task WriteAsync(RolloutStatus status, List<WaitingRow> rows, CancellationToken cancellation)
    {
        var ours = rows.Where(r => r.RolloutId == status.RolloutId).ToList();
        var mine = counts.Of(status, ours.Count(r => r.ByAnother));
        var passedOver = new HashSet<object>(ReferenceEqualityComparer.Instance);

        // In parts, so that the turns of others need not wait for all of it.
        foreach (var part in ours.Select(r => r.Row).Chunk(PartSize).DefaultIfEmpty([]))
        {
            passedOver.UnionWith(await store.RecordAsync(status.RolloutId, part, mine, cancellation));
        }

        counts.Keep(mine);
        waiting = [.. ours.Where(r => passedOver.Contains(r.Row) && time.GetElapsedTime(r.Since) < Patience).Select(r => r with { ByAnother = false })];
    }

    private sealed record WaitingRow(string RolloutId, UnitRecord Row, bool ByAnother, long Since);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "More than {Most} measurements wait for the store; what comes now is lost to the rollout")]
        public static partial void Full(ILogger logger, int most);
    }
}
