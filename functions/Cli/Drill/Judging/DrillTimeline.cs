namespace Vivace.Cli.Drill.Judging;

/// <summary>When what happened in a drill, as far as it was observed.</summary>
internal sealed class DrillTimeline
{
    private readonly DrillCriteria criteria;

    public DrillTimeline(DrillCriteria criteria, IReadOnlyList<DrillTurn> turns, IReadOnlyList<DrillLook> looks)
    {
        (this.criteria, Turns) = (criteria, turns);
        RolledBack = looks.Where(l => l.RolledBack).MinBy(l => l.At);
        FlagOff = looks.Where(l => l.RolledBack && l.ShowsOff(criteria)).MinBy(l => l.At);
        Bad = [.. turns.Where(t => t.IsBad(criteria)).OrderBy(t => t.EndedAt)];
        Decisive = DecisiveOf();
    }

    public IReadOnlyList<DrillTurn> Turns { get; }

    /// <summary>Turns that show the fault, in the order in which they ended.</summary>
    public IReadOnlyList<DrillTurn> Bad { get; }

    /// <summary>
    /// The bad turn that decides: by number, or the last one before a rollback that came sooner, since units of before the drill
    /// counted as well; where no answer was there yet when the rollback was seen, the first of those that were on their way.
    /// Null: it has not come.
    /// </summary>
    public DrillTurn? Decisive { get; }

    /// <summary>The first look that shows the rollback.</summary>
    public DrillLook? RolledBack { get; }

    /// <summary>The first look that shows the flags switched.</summary>
    public DrillLook? FlagOff { get; }

    /// <summary>The fast turn that was sent last to an endpoint; null: none was admitted.</summary>
    public DrillTurn? LastFast(Uri endpoint) => Turns.Where(t => t.Endpoint == endpoint && t.IsFast).MaxBy(t => t.SentAt);

    /// <summary>The first turn after it that says fast is off; null: the endpoint has not shown the rollback, or not yet for good.</summary>
    public DrillTurn? FirstOff(Uri endpoint)
    {
        var last = LastFast(endpoint)?.SentAt ?? TimeSpan.MinValue;
        return Turns.Where(t => t.Endpoint == endpoint && t.SentAt > last && t.ShowsOff(criteria)).MinBy(t => t.SentAt);
    }

    private DrillTurn? DecisiveOf()
    {
        if (RolledBack is not { } back)
        {
            return Bad.ElementAtOrDefault(criteria.Decisive - 1);
        }

        var before = Bad.Count(t => t.EndedAt <= back.At);
        return before > 0 ? Bad[Math.Min(before, criteria.Decisive) - 1] : Bad.FirstOrDefault(t => t.SentAt <= back.At);
    }
}
