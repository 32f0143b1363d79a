namespace Vivace.Api.Settings;

/// <summary>The model of one size.</summary>
internal sealed class ModelSettings
{
    /// <summary><c>offline</c>, which is meant where nothing is said, or <c>openai</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>Base address of an OpenAI-compatible endpoint, for example <c>https://name.openai.azure.com/openai/v1/</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model or deployment to ask for.</summary>
    public string? Model { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>Authenticate with a token of the machine's Entra identity in place of a key.</summary>
    public bool UseEntra { get; set; }

    /// <summary>Passed to the provider unless the profile says another.</summary>
    public string? ServiceTier { get; set; }

    public IEnumerable<string> Faults(string section)
    {
        if (Provider is null && (Endpoint ?? Model ?? ApiKey) is not null)
        {
            yield return $"{section}:Provider is missing: openai uses the Endpoint, Model and ApiKey that are given, offline is the demonstration model.";
        }

        if (Provider is not (null or "offline" or "openai"))
        {
            yield return $"{section}:Provider must be offline or openai.";
        }

        if (Provider != "openai")
        {
            yield break;
        }

        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            yield return $"{section}:Endpoint must be an http or https address.";
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return $"{section}:Model must name a model.";
        }

        if (string.IsNullOrWhiteSpace(ApiKey) && !UseEntra)
        {
            yield return $"{section}: give an ApiKey, or UseEntra=true.";
        }
    }
}
