using System.Globalization;

namespace Vivace.Rollouts.Tests;

/// <summary><c>VIVACE_SEED</c> replays a run, or tries another.</summary>
internal static class Seeds
{
    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("VIVACE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20_251;
}
