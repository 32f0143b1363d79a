namespace Vivace.Bench;

/// <summary>How long each part runs.</summary>
internal sealed record BenchPlan
{
    public int Rounds { get; init; } = 5;

    /// <summary>Flag decisions of one round.</summary>
    public int FlagDecisions { get; init; } = 50_000;

    /// <summary>Turns of one round of framework time, at one concurrency.</summary>
    public int FrameworkTurns { get; init; } = 4000;

    public TimeSpan HttpRound { get; init; } = TimeSpan.FromSeconds(8);

    public int HttpRounds { get; init; } = 3;

    public IReadOnlyList<int> MemoryTurns { get; init; } = [10_000, 50_000, 100_000];

    public int Starts { get; init; } = 20;

    /// <summary>Streams before the first that counts, so that the compiler is done.</summary>
    public int StreamWarmUp { get; init; } = 2000;

    public int StreamRounds { get; init; } = 3;

    /// <summary>Streams of a round in which they come one after another.</summary>
    public int StreamsAtOne { get; init; } = 60;

    /// <summary>Streams of a round that follow one another where many run at once.</summary>
    public int StreamsEach { get; init; } = 8;

    public int OpenStreams { get; init; } = 2000;

    /// <summary>Messages of one round of the transport.</summary>
    public int Messages { get; init; } = 20_000;

    /// <summary>Turns whose deferred evaluations are drained.</summary>
    public int DeferredTurns { get; init; } = 10_000;

    /// <summary>Turns a mode, in alternating batches of eight.</summary>
    public int FastTurns { get; init; } = 64;

    public static BenchPlan Full { get; } = new();

    public static BenchPlan Quick { get; } = new()
    {
        Rounds = 3,
        FrameworkTurns = 1000,
        HttpRound = TimeSpan.FromSeconds(2),
        HttpRounds = 2,
        MemoryTurns = [2_000, 5_000, 10_000],
        Starts = 5,
        StreamWarmUp = 600,
        StreamRounds = 1,
        StreamsAtOne = 20,
        OpenStreams = 400,
        StreamsEach = 4,
        Messages = 4_000,
        DeferredTurns = 1_000,
    };
}
