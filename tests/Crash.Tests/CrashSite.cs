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

    public override string ToString() => $"{Process} {Point}";
}
