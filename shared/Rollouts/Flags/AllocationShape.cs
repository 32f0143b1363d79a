namespace Vivace.Rollouts.Flags;

/// <summary>Recognises the allocation that rollouts write; anything else a person has made.</summary>
internal static class AllocationShape
{
    private const double Tolerance = 1e-9;

    /// <summary>The first difference, as a sentence for people; null when there is none.</summary>
    public static string? Difference(FlagDocument.Flag flag)
    {
        var names = (flag.Variants ?? []).Select(v => v?.Name).ToArray();
        return flag switch
        {
            { Conditions.ClientFilters.Length: > 0 } => "It has client filters.",
            _ when !names.Contains(FlagNames.FastVariant) || !names.Contains(FlagNames.ControlVariant) => "It lacks variant fast or control.",
            { Allocation: null } => "It has no allocation.",
            _ => Difference(flag.Allocation),
        };
    }

    /// <summary>What an allocation without difference says.</summary>
    public static RolloutAllocation Read(FlagDocument.Flag flag)
    {
        var allocation = flag.Allocation!;
        return new RolloutAllocation
        {
            Seed = allocation.Seed!,
            Percent = allocation.Percentile![0].To,
            Enabled = flag.Enabled,
            Users = [.. (allocation.User ?? []).SelectMany(u => u.Users ?? [])],
            Groups = [.. (allocation.Group ?? []).SelectMany(g => g.Groups ?? [])],
        };
    }

    private static string? Difference(FlagDocument.AllocationPart allocation)
    {
        if (string.IsNullOrEmpty(allocation.Seed))
        {
            return "Its allocation has no seed.";
        }

        if (allocation.DefaultWhenEnabled is FlagNames.FastVariant or FlagNames.ControlVariant)
        {
            return $"Its default while it is on is {allocation.DefaultWhenEnabled}.";
        }

        if ((allocation.User ?? []).Any(u => u?.Variant != FlagNames.FastVariant) || (allocation.Group ?? []).Any(g => g?.Variant != FlagNames.FastVariant))
        {
            return "It names users or groups for another variant than fast.";
        }

        return IsTwoEnded(allocation.Percentile) ? null : "Its percentiles are not fast from 0 to p and control from max(p, 100 - p) to 100.";
    }

    private static bool IsTwoEnded(FlagDocument.PercentilePart[]? parts)
        => parts is [{ Variant: FlagNames.FastVariant, From: 0, To: >= 0 and <= 100 } fast, { Variant: FlagNames.ControlVariant, To: 100 } control]
            && Math.Abs(control.From - Math.Max(fast.To, 100 - fast.To)) < Tolerance;
}
