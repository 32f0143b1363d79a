using System.Text.Json;
using Microsoft.FeatureManagement;

namespace Vivace.Rollouts.Flags;

/// <summary>Makes definitions of Microsoft's library of flags in its schema, and refuses what would not be evaluated as it reads.</summary>
internal static class FlagDefinitions
{
    /// <summary>The flags of a file, by name.</summary>
    /// <exception cref="JsonException">It is not of the schema's form, or uses something that is not supported.</exception>
    public static Dictionary<string, FeatureDefinition> OfFile(ReadOnlySpan<byte> json)
    {
        var document = JsonSerializer.Deserialize(json, FlagJson.Default.FlagDocument) ?? throw new JsonException("It holds null.");
        var flags = new Dictionary<string, FeatureDefinition>(StringComparer.Ordinal);
        foreach (var flag in Items(document.FeatureManagement.FeatureFlags))
        {
            if (!flags.TryAdd(flag.Id, Of(flag)))
            {
                throw new JsonException($"Flag {flag.Id} stands there twice.");
            }
        }

        return flags;
    }

    /// <summary>One flag, as the value of a configuration key holds it.</summary>
    /// <exception cref="JsonException">As for a file, or it is another flag's value.</exception>
    public static FeatureDefinition OfValue(string name, string? json)
    {
        try
        {
            var flag = JsonSerializer.Deserialize(json ?? "null", FlagJson.Default.Flag) ?? throw new JsonException("It holds null.");
            return flag.Id == name ? Of(flag) : throw new JsonException($"It has the id {flag.Id}.");
        }
        catch (JsonException e)
        {
            throw new JsonException($"Flag {name}: {e.Message}", e);
        }
    }

    private static FeatureDefinition Of(FlagDocument.Flag flag)
    {
        if (flag.Conditions is { ClientFilters.Length: > 0 })
        {
            throw new JsonException($"Flag {flag.Id} has client filters, which are not supported; allocate variants instead.");
        }

        if (Items(flag.Variants).FirstOrDefault(v => !AgreesWithArm(flag.Id, v)) is { } overriding)
        {
            throw new JsonException($"Variant {overriding.Name} of flag {flag.Id} overrides the flag's status, which is not supported; switch the flag instead.");
        }

        return new FeatureDefinition
        {
            Name = flag.Id,
            EnabledFor = flag.Enabled ? [new FeatureFilterConfiguration { Name = "AlwaysOn" }] : [],
            Variants = [.. Items(flag.Variants).Select(v => new VariantDefinition { Name = v.Name })],
            Allocation = flag.Allocation is { } allocation ? Allocation(allocation) : null,
        };
    }

    /// <summary>Of the runtime flag's variants only <c>fast</c> is served fast; a status that says the same changes nothing.</summary>
    private static bool AgreesWithArm(string flag, FlagDocument.Variant variant) => variant.StatusOverride switch
    {
        null or "None" => true,
        "Enabled" => flag == FlagNames.Runtime && variant.Name == FlagNames.FastVariant,
        "Disabled" => flag == FlagNames.Runtime && variant.Name != FlagNames.FastVariant,
        _ => false,
    };

    private static Allocation Allocation(FlagDocument.AllocationPart part) => new()
    {
        Seed = part.Seed,
        DefaultWhenEnabled = part.DefaultWhenEnabled,
        DefaultWhenDisabled = part.DefaultWhenDisabled,
        User = [.. Items(part.User).Select(u => new UserAllocation { Variant = u.Variant, Users = Items(u.Users) })],
        Group = [.. Items(part.Group).Select(g => new GroupAllocation { Variant = g.Variant, Groups = Items(g.Groups) })],
        Percentile = [.. Items(part.Percentile).Select(Percentile)],
    };

    /// <summary>Checked here, because the library throws at every evaluation instead.</summary>
    private static PercentileAllocation Percentile(FlagDocument.PercentilePart part) => part is { From: >= 0, To: <= 100 } && part.From <= part.To
        ? new PercentileAllocation { Variant = part.Variant, From = part.From, To = part.To }
        : throw new JsonException($"The percentiles {part.From} to {part.To} of variant {part.Variant} are not within 0 to 100.");

    /// <summary>The items of an array that may be absent; none of them may be null, which the serialiser does not check.</summary>
    private static T[] Items<T>(T[]? items)
        where T : class
        => items is null ? [] : Array.IndexOf(items, null) < 0 ? items : throw new JsonException("An array holds null.");
}
