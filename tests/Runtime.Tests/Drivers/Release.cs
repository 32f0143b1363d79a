namespace Vivace.Runtime.Tests.Drivers;

/// <summary>Sizes of long tests: short by default, full for a release.</summary>
internal static class Release
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("VIVACE_RELEASE") == "1";

    public static int Size(int shortened, int full) => IsFull ? full : shortened;
}
