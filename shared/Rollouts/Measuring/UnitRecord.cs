using System.Text.Json.Serialization;
using Vivace.Contracts.Processing;

namespace Vivace.Rollouts.Measuring;

/// <summary>
/// All that a rollout remembers of one unit: a row keyed by rollout and unit. Rows are merged in any order and any number of
/// times with the same result.
/// </summary>
public sealed record UnitRecord
{
    /// <summary>A hash of the owner: never a user's id.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether it is of the internal cohort, which is not compared.</summary>
    public bool Cohort { get; init; }

    /// <summary>The first failed turn up to 50 %.</summary>
    public BadEvent? Failed { get; init; }

    /// <summary>The first unsafe reply up to 50 %.</summary>
    public BadEvent? Unsafe { get; init; }

    /// <summary>The first reply of low quality up to 50 %; its time is that of the turn, not of the score.</summary>
    public BadEvent? LowQuality { get; init; }

    /// <summary>The first turn at each percent, in order of rising percent.</summary>
    public StepTurn[] Turns { get; init; } = [];

    /// <summary>The unit's first turn: from there it counts; null while nothing but bad events is known of it.</summary>
    [JsonIgnore]
    public StepTurn? First => Turns.MinBy(t => t.At);

    /// <summary>Whether it is compared: it is of an arm and came while the arms were equal.</summary>
    [JsonIgnore]
    public bool IsCompared => !Cohort && First is { Percent: > 0 and <= 50, Arm: not RolloutArm.None };

    /// <summary>Commutative, associative, idempotent.</summary>
    /// <exception cref="ArgumentException">The rows are of different units.</exception>
    public UnitRecord Merge(UnitRecord other) => other.Unit == Unit
        ? new UnitRecord
        {
            Unit = Unit,
            Cohort = Cohort || other.Cohort,
            Failed = BadEvent.Earliest(Failed, other.Failed),
            Unsafe = BadEvent.Earliest(Unsafe, other.Unsafe),
            LowQuality = BadEvent.Earliest(LowQuality, other.LowQuality),
            Turns = MergeTurns(other.Turns),
        }
        : throw new ArgumentException("Rows of different units are not merged.", nameof(other));

    /// <summary>
    /// Merges rows of one unit, without bad events from before its first turn, since it counts from there: they are left out
    /// before they could hide later ones. Null while none of them holds a turn.
    /// </summary>
    /// <param name="rows">At least one.</param>
    public static UnitRecord? MergeFromFirst(IReadOnlyCollection<UnitRecord> rows)
        => rows.SelectMany(r => r.Turns).MinBy(t => t.At) is { } first ? rows.Select(r => r.From(first.At)).Aggregate((sum, row) => sum.Merge(row)) : null;

    /// <summary>By content, the turns included.</summary>
    public bool Equals(UnitRecord? other) => other is not null
        && (Unit, Cohort) == (other.Unit, other.Cohort)
        && (Failed, Unsafe, LowQuality) == (other.Failed, other.Unsafe, other.LowQuality)
        && Turns.AsSpan().SequenceEqual(other.Turns);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Unit, Cohort, Failed, Unsafe, LowQuality, Turns.Length);

    private UnitRecord From(DateTimeOffset first) => this with
    {
        Failed = Failed?.At < first ? null : Failed,
        Unsafe = Unsafe?.At < first ? null : Unsafe,
        LowQuality = LowQuality?.At < first ? null : LowQuality,
    };

    private StepTurn[] MergeTurns(StepTurn[] others)
    {
        if (others.Length == 0 || Turns.Length == 0)
        {
            return others.Length == 0 ? Turns : others;
        }

        var merged = new List<StepTurn>(Turns.Length + 1);
        var (i, j) = (0, 0);
        while (i < Turns.Length || j < others.Length)
        {
            var order = i == Turns.Length ? 1 : j == others.Length ? -1 : Turns[i].Percent.CompareTo(others[j].Percent);
            merged.Add(order < 0 ? Turns[i] : order > 0 ? others[j] : Turns[i].Merge(others[j]));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return [.. merged];
    }
}
