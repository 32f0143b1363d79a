using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Measuring;

/// <summary>The first turn at a percent in which a unit asked for fast. What comes of it may become known in parts.</summary>
public sealed record StepTurn
{
    /// <summary>The percent of the flag's allocation that the turn was decided by.</summary>
    public required double Percent { get; init; }

    /// <summary>When the turn was accepted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The unit's arm at that turn.</summary>
    public required RolloutArm Arm { get; init; }

    /// <summary>Seconds to the first chunk; null: none was shown, or it is not known yet.</summary>
    public double? FirstChunk { get; init; }

    /// <summary>Whether the turn failed.</summary>
    public bool Failed { get; init; }

    /// <summary>Whether its reply was found unsafe.</summary>
    public bool Unsafe { get; init; }

    /// <summary>Whether its score was too low; null: it has none yet.</summary>
    public bool? LowQuality { get; init; }

    /// <summary>
    /// The earlier turn of the two; where both are the same turn, what is known from either, and where they disagree the shorter
    /// time and the worse outcome.
    /// </summary>
    public StepTurn Merge(StepTurn other) => At.CompareTo(other.At) switch
    {
        < 0 => this,
        > 0 => other,
        _ => this with
        {
            Arm = (RolloutArm)Math.Max((int)Arm, (int)other.Arm),
            FirstChunk = FirstChunk is { } one && other.FirstChunk is { } two ? Math.Min(one, two) : FirstChunk ?? other.FirstChunk,
            Failed = Failed || other.Failed,
            Unsafe = Unsafe || other.Unsafe,
            LowQuality = LowQuality is { } low && other.LowQuality is { } otherLow ? low || otherLow : LowQuality ?? other.LowQuality,
        },
    };
}
