using Vivace.Rollouts.Measuring;

namespace Vivace.Rollouts.Simulating;

/// <summary>
/// Turns on their way to the store: what is known at a turn's end, then its score. Each reaches the store with the first flush after
/// it is known.
/// </summary>
internal sealed class SimulatedRows(SimulationOptions options, SimulationRandom random, DateTimeOffset start)
{
    /// <summary>A turn lasts four times as long as its first chunk takes, at most this many seconds.</summary>
    private const double LongestTurn = 120;

    private readonly PriorityQueue<UnitRecord, double> waiting = new();
    private readonly PriorityQueue<int, double> revealed = new();

    /// <summary>When the next row is known, or the next score begins to count.</summary>
    public double NextAt => Math.Min(
        waiting.TryPeek(out _, out var row) ? row : double.PositiveInfinity,
        revealed.TryPeek(out _, out var score) ? score : double.PositiveInfinity);

    /// <summary>How long after a turn its score has surely reached the store.</summary>
    private double Lag => LongestTurn + options.QualityDelay.TotalSeconds + options.Flush.TotalSeconds;

    public void Add(SimulatedTurn turn, double percent, double at)
    {
        var behaviour = options.Of(turn.Arm, percent);
        var chunk = behaviour.FirstChunkMedian * Math.Exp(behaviour.FirstChunkSigma * random.Normal());
        var known = at + Math.Min(4 * chunk, LongestTurn);
        var observation = new TurnObservation
        {
            Unit = turn.Unit,
            Arm = turn.Arm,
            Percent = percent,
            At = start + TimeSpan.FromSeconds(at),
            AskedFast = turn.IsFirst,
            FirstChunk = turn.Failed ? null : chunk,
            Failed = turn.Failed,
            Unsafe = turn.Unsafe,
        };
        if (turn.IsFirst || turn.Failed || turn.Unsafe)
        {
            waiting.Enqueue(observation.ToRecord(options.Plan.Quality), known);
        }

        if ((turn.IsFirst && !turn.Failed) || turn.LowQuality)
        {
            var judged = observation with { Score = turn.LowQuality ? 0 : 100, Judge = options.Plan.Quality.Judge };
            waiting.Enqueue(judged.ToRecord(options.Plan.Quality), known + (random.Even() * options.QualityDelay.TotalSeconds));
            revealed.Enqueue(0, at + Lag);
        }
    }

    /// <summary>Writes what is known to the store.</summary>
    public void Flush(RolloutLedger ledger, double now)
    {
        while (waiting.TryPeek(out _, out var known) && known <= now)
        {
            ledger.Apply(waiting.Dequeue());
        }

        while (revealed.TryPeek(out _, out var at) && at <= now)
        {
            revealed.Dequeue();
        }
    }

    /// <summary>The watermark of quality.</summary>
    public DateTimeOffset JudgedUntil(double now) => start + TimeSpan.FromSeconds(Math.Max(0, now - Lag));
}
