using Microsoft.Extensions.Options;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Auth</c>.</summary>
internal sealed class AuthSettings
{
    /// <summary>The keys that may call; none: only this machine may.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeySettings> ApiKeys { get; set; } = [];

    public IEnumerable<string> Faults()
    {
        foreach (var key in ApiKeys.Where(k => k.Roles.Length == 0 || k.Roles.Any(r => r is not ("user" or "service" or "operator"))))
        {
            yield return $"Auth:ApiKeys: the roles of {key.Name} must be user, service or operator.";
        }

        if (ApiKeys.DistinctBy(k => k.Sha256, StringComparer.OrdinalIgnoreCase).Count() < ApiKeys.Count)
        {
            yield return "Auth:ApiKeys: two keys have the same Sha256.";
        }

        if (ApiKeys.DistinctBy(k => k.Name, StringComparer.Ordinal).Count() < ApiKeys.Count)
        {
            yield return "Auth:ApiKeys: two keys have the same Name, so they would share their conversations.";
        }
    }
}
