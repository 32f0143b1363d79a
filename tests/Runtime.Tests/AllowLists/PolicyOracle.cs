using Vivace.Runtime.Policies;

namespace Vivace.Runtime.Tests.AllowLists;

/// <summary>What a policy allows, told a second time and differently: by going through names and tags one by one.</summary>
internal static class PolicyOracle
{
    public static HashSet<string> Allowed(CapabilityPolicy policy, string family)
    {
        var allowed = new HashSet<string>();
        for (var i = 0; i < RandomCapabilities.Count && !policy.DisableAll; i++)
        {
            var words = RandomCapabilities.Tags(i).Select(t => "tag:" + t).Append($"{family}{i}").Select(w => w.ToUpperInvariant()).ToArray();
            var included = policy.Include is not { } include || include.Any(e => words.Contains(e.Trim().ToUpperInvariant()));
            var excluded = policy.Exclude is { } exclude && exclude.Any(e => words.Contains(e.Trim().ToUpperInvariant()));
            if (included && !excluded)
            {
                allowed.Add($"{family}{i}");
            }
        }

        return allowed;
    }
}
