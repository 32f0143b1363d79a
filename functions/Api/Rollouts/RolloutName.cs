namespace Vivace.Api.Rollouts;

/// <summary>The rollouts that there are.</summary>
internal static class RolloutName
{
    /// <summary>The rollout of fast mode.</summary>
    public const string FastMode = "fast-mode";
}
