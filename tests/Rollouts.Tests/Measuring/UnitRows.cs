using CsCheck;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Tests.Measuring;

/// <summary>Random turns of few units in little time, so that many of them meet.</summary>
internal static class UnitRows
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Gen<TurnObservation> Turns { get; } =
        from unit in Gen.Int[0, 8]
        from second in Gen.Int[0, 40]
        from percent in OneOf(0.0, 5, 50, 75, 100)
        from arm in OneOf(RolloutArm.Fast, RolloutArm.Control)
        from chunk in OneOf<double?>(null, 0.2, 1, 2, 8)
        from bad in Gen.Int[0, 11]
        from score in OneOf<double?>(null, 10, 90)
        from asked in Gen.Int[0, 3]
        select new TurnObservation
        {
            Unit = unit.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Cohort = unit == 0,
            Arm = arm,
            Percent = percent,
            At = Start.AddSeconds(second),
            AskedFast = asked > 0,
            FirstChunk = chunk,
            Failed = bad == 0,
            Unsafe = bad == 1,
            Score = score,
        };

    public static Gen<UnitRecord> Records { get; } = Turns.Select(t => t.ToRecord(new QualityPlan()));

    /// <summary>Rows of one unit, some of them merged from several turns.</summary>
    public static Gen<UnitRecord> OfOneUnit { get; } = Turns.Array[1, 4].Select(turns => turns
        .Select(t => (t with { Unit = "one" }).ToRecord(new QualityPlan()))
        .Aggregate((a, b) => a.Merge(b)));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
