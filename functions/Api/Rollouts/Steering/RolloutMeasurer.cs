using System.Text.Json;
using Vivace.Api.Settings;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Storage;
using Vivace.Runtime.Evaluators;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>Keeps the rows of the rollout under way and reads only what has changed. Not for concurrent use.</summary>
internal sealed partial class RolloutMeasurer(IRolloutStore store, RolloutsSettings settings, TimeProvider time, ILogger<RolloutMeasurer> logger)
{
    private const int PageSize = 5000;

    private static readonly TimeSpan Seldom = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A score may lie with its process for a flush, and one more that failed, before it is stored; until then its turn must
    /// not count as judged.
    /// </summary>
    private readonly TimeSpan lag = TimeSpan.FromSeconds(2 * settings.FlushSeconds);

    private readonly HashSet<string> unread = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset Seen, JudgedUntil Until)> judged = new();
    private RolloutLedger? ledger;
    private string? plan;
    private long last;
    private DateTimeOffset? watermark;
    private DateTimeOffset watermarkSeen;

    /// <summary>The counts of now; null: they could not be read.</summary>
    public async Task<Measurements?> MeasureAsync(RolloutPlan current, CancellationToken cancellation)
    {
        Begin(current);
        try
        {
            var until = await JudgedAsync(current.Id, cancellation);
            var unreadRows = await CatchUpAsync(current.Id, cancellation);
            return ledger!.Measure(until, time.GetUtcNow()) with { Unread = unreadRows > 0 ? unreadRows : null };
        }
        catch (ArgumentException e)
        {
            Log.Unreadable(logger, current.Id, e);
            Forget();
            return null;
        }
    }

    /// <summary>Nothing is under way: its rows take no memory.</summary>
    public void Forget() => Begin(null, null);

    /// <summary>A plan that was changed counts anew, from all rows.</summary>
    private void Begin(RolloutPlan current)
    {
        var written = JsonSerializer.Serialize(current, RolloutPlanJson.Default.RolloutPlan);
        if (ledger is not null && written == plan)
        {
            return;
        }

        Begin(new RolloutLedger(current), written);
    }

    private void Begin(RolloutLedger? begun, string? written)
    {
        (ledger, plan, last, watermark) = (begun, written, 0, null);
        judged.Clear();
        unread.Clear();
    }

    /// <returns>How many rows cannot be read.</returns>
    private async Task<int> CatchUpAsync(string rolloutId, CancellationToken cancellation)
    {
        UnitChanges page;
        do
        {
            page = await store.ChangedAsync(rolloutId, last, PageSize, cancellation);
            foreach (var unit in page.Units)
            {
                ledger!.Apply(unit);
                unread.Remove(unit.Unit);
            }

            unread.UnionWith(page.Unread);
            last = page.Last;
        }
        while (page.Units.Count + page.Unread.Count == PageSize);

        var instances = await store.InstancesAsync(rolloutId, cancellation);
        foreach (var instance in instances.Records)
        {
            ledger!.Apply(instance);
        }

        return unread.Count + instances.Unread;
    }

    private async Task<DateTimeOffset?> JudgedAsync(string rolloutId, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var oldest = await store.UnjudgedAsync(rolloutId, QualityScore.Evaluator, cancellation);
        judged.Enqueue((now, new JudgedUntil(Before(oldest.Fast, now), Before(oldest.Control, now))));
        while (judged.TryPeek(out var seen) && now - seen.Seen >= lag)
        {
            (watermark, watermarkSeen) = (judged.Dequeue().Until.Watermark, seen.Seen);
        }

        // Who looks seldom does not know what was judged meanwhile, and must not take that for late.
        return now - watermarkSeen < lag + Seldom ? watermark : null;
    }

    /// <summary>Just before the oldest turn that waits; times are stored in milliseconds.</summary>
    private static DateTimeOffset Before(DateTimeOffset? oldest, DateTimeOffset now) => oldest?.AddMilliseconds(-1) ?? now;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The measurements of rollout {RolloutId} cannot be read; it holds")]
        public static partial void Unreadable(ILogger logger, string rolloutId, Exception fault);
    }
}
