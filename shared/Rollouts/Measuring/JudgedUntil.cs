namespace Vivace.Rollouts.Measuring;

/// <summary>How far quality has been judged in each arm: every turn accepted before that moment has its score, or none will come.</summary>
/// <param name="Fast">Null: nothing is known.</param>
/// <param name="Control">Null: nothing is known.</param>
public sealed record JudgedUntil(DateTimeOffset? Fast, DateTimeOffset? Control)
{
    /// <summary>Up to where both arms have been judged; what is later in either does not count in either.</summary>
    public DateTimeOffset? Watermark => Fast is { } fast && Control is { } control ? (fast < control ? fast : control) : null;
}
