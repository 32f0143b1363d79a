using Vivace.Rollouts.Measuring;

namespace Vivace.Rollouts.Storage;

/// <summary>A page of changed units.</summary>
/// <param name="Units">Their rows as they are now.</param>
/// <param name="Last">The change up to which this page goes; pass it for the next one.</param>
public sealed record UnitChanges(IReadOnlyList<UnitRecord> Units, long Last)
{
    /// <summary>Units that have changed to rows that cannot be read.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}
