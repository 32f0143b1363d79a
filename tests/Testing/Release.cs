namespace Vivace.Testing;

/// <summary>Sizes of long tests: short by default, full for a release.</summary>
public static class Release
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("VIVACE_RELEASE") == "1";

    public static int Size(int shortened, int full) => IsFull ? full : shortened;
}
