using Vivace.Contracts.Processing;
using Vivace.Runtime.Processing;

namespace Vivace.Sqlite.Turns;

/// <summary>What a turn's row says of its rollout.</summary>
internal static class TurnRollouts
{
    public const string Columns = "t.rollout, t.rollout_unit, t.rollout_arm, t.rollout_percent, t.rollout_cohort, t.rollout_asked";

    public const int ColumnCount = 6;

    /// <param name="first">The position of the first of the columns.</param>
    public static TurnRollout? Read(Row row, int first, DateTimeOffset created) => row.TextOrNull(first) is not { } rollout ? null : new TurnRollout(
        rollout, row.Text(first + 1), (RolloutArm)row.Int(first + 2), row.Real(first + 3), row.Flag(first + 4), row.Flag(first + 5), created);
}
