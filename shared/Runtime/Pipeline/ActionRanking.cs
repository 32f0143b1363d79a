using System.Collections.Immutable;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Profiles;

namespace Vivace.Runtime.Pipeline;

/// <summary>
/// Picks the actions to show when more are allowed than the profile shows: by words shared with the message, ties by name.
/// REPLY, IGNORE and NONE are always shown and not counted.
/// </summary>
internal static class ActionRanking
{
    public static IReadOnlyList<IAgentAction> Pick(ResolvedProfile profile, string text)
    {
        if (profile.Options.Actions.MaxShown is not { } limit)
        {
            return profile.Actions;
        }

        var candidates = profile.Actions.Where(a => !ReplyActions.IsAlwaysAllowed(a.Descriptor.Name)).ToImmutableArray();
        if (candidates.Length <= limit)
        {
            return profile.Actions;
        }

        var shown = Rank(candidates, text).Take(limit).ToHashSet();
        return [.. profile.Actions.Where(a => ReplyActions.IsAlwaysAllowed(a.Descriptor.Name) || shown.Contains(a))];
    }

    private static IEnumerable<IAgentAction> Rank(ImmutableArray<IAgentAction> candidates, string text)
    {
        try
        {
            var words = Words(text).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return candidates
                .OrderByDescending(a => Words($"{a.Descriptor.Name} {a.Descriptor.Description}").Count(words.Contains))
                .ThenBy(a => a.Descriptor.Name, StringComparer.Ordinal)
                .ToArray();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return candidates;
        }
    }

    private static IEnumerable<string> Words(string text)
        => text.Split([' ', '_', '.', ',', '(', ')', '?', '!', '\n', '\t', ':', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase);
}
