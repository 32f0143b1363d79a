using System.Globalization;

namespace Vivace.Api.Problems;

/// <summary>Reads <c>limit</c>, how many items of a list a caller wants at once.</summary>
internal static class PageLimit
{
    /// <summary>True where <paramref name="limit"/> is absent, or digits that say 1 to <paramref name="most"/>.</summary>
    /// <param name="size">What it says; <paramref name="otherwise"/> where it is absent.</param>
    public static bool TryRead(string? limit, int otherwise, int most, out int size)
    {
        size = otherwise;
        return limit is null || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size >= 1 && size <= most);
    }

    /// <summary>The answer where it says something else.</summary>
    public static ProblemResult Bad(int most) => new(ProblemKinds.InvalidRequest($"limit must be 1 to {most}."));
}
