namespace Vivace.Rollouts.Plans;

/// <summary>How quality, which is judged after the reply, is counted.</summary>
public sealed record QualityPlan
{
    /// <summary>Whose scores count; null: whoever judges.</summary>
    public PinnedJudge? Judge { get; set; }

    /// <summary>The lowest score of 100 that is not low quality; 1 to 100.</summary>
    public int LowestGoodScore { get; set; } = 60;

    /// <summary>
    /// How old the oldest turn that waits for its score may be. Beyond it the verdict on quality is error: what is late might be
    /// what is bad.
    /// </summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromMinutes(30);
}
