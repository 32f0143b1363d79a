namespace Vivace.Crash.Tests;

/// <summary>A crash point, in one of the processes of the scenarios.</summary>
internal sealed record CrashSite(string Process, string Point)
{
    /// <summary>The one process that has its folder to itself.</summary>
    public const string Alone = "alone";

    /// <summary>Of two processes that share a folder, the one that runs turns, and the broker at first.</summary>
    public const string First = "first";

    /// <summary>The other one, which accepts, relays and cancels.</summary>
    public const string Second = "second";

    /// <summary>The one that has its folder to itself, while a rollout runs.</summary>
    public const string Rollout = "rollout";

    /// <summary>Whether this process is killed there: what a rollout writes where one runs, everything else where none does.</summary>
    public bool IsToKill => Point.StartsWith("IRolloutStore.", StringComparison.Ordinal) || Point.StartsWith("IFlagStore.", StringComparison.Ordinal)
        ? Process == Rollout
        : Process != Rollout;

    public override string ToString() => $"{Process} {Point}";
}
