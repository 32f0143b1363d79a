namespace Vivace.Cli.Drill.Judging;

/// <summary>When a drill has seen enough.</summary>
internal static class DrillEnd
{
    /// <summary>So many fast turns without the fault say that the deployment does not inject it.</summary>
    private const int Unaffected = 20;

    /// <param name="now">From the drill's beginning.</param>
    public static bool IsReached(DrillCriteria criteria, DrillTimeline timeline, TimeSpan now)
    {
        if (timeline.Decisive is { } decisive && now > decisive.EndedAt + criteria.Within + criteria.Settle)
        {
            return true;
        }

        if (timeline.RolledBack is { } back)
        {
            // A rollback without a bad unit of the drill was somebody else's; nothing more is to be learned from it.
            return timeline.Decisive is null ? now > back.At + criteria.Settle : timeline.FlagOff is not null && IsOffEverywhere(criteria, timeline, now);
        }

        var ended = timeline.Turns.Count;
        return ended >= criteria.MostUnits || (timeline.Bad.Count == 0 && timeline.Turns.Count(t => t.IsFast) >= Unaffected);
    }

    private static bool IsOffEverywhere(DrillCriteria criteria, DrillTimeline timeline, TimeSpan now)
        => criteria.Endpoints.All(e => timeline.FirstOff(e) is { } off && now > off.EndedAt + criteria.Settle);
}
