using System.ComponentModel.DataAnnotations;
using Vivace.Azure.AppConfiguration;

namespace Vivace.Api.Settings;

/// <summary>Section <c>AppConfiguration</c>: the store of flags, profiles and plans. Neither connection string nor endpoint: files.</summary>
internal sealed class AppConfigurationSettings
{
    /// <summary><c>Endpoint=...;Id=...;Secret=...</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Such as <c>https://name.azconfig.io</c>; entered with an Entra token.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Seconds between two looks, at most; each instance comes up to a fifth earlier, so that not all come at once.</summary>
    [Range(1, 3600, ErrorMessage = "AppConfiguration:RefreshSeconds must be 1 to 3600.")]
    public int RefreshSeconds { get; set; } = 10;

    /// <summary>
    /// Seconds after which flags that could not be read again count as off; unset: six refreshes, at least 60, the promised time
    /// of a rollback.
    /// </summary>
    [Range(2, 86_400, ErrorMessage = "AppConfiguration:MaxAgeSeconds must be 2 to 86400.")]
    public int? MaxAgeSeconds { get; set; }

    /// <summary>The protocol's <c>api-version</c>.</summary>
    [RegularExpression("[0-9a-z.-]{1,32}", ErrorMessage = "AppConfiguration:ApiVersion must be a version such as 2023-11-01.")]
    public string ApiVersion { get; set; } = ConfigurationClientOptions.DefaultApiVersion;

    /// <summary>The label of the key-values that count; none: those without a label.</summary>
    public string? Label { get; set; }

    public bool IsConfigured => !string.IsNullOrEmpty(ConnectionString) || !string.IsNullOrEmpty(Endpoint);

    public TimeSpan Refresh => TimeSpan.FromSeconds(RefreshSeconds);

    public TimeSpan MaxAge => TimeSpan.FromSeconds(MaxAgeSeconds ?? Math.Max(60, 6 * RefreshSeconds));

    /// <summary>The label as keys carry it; null for none.</summary>
    public string? KeyLabel => string.IsNullOrEmpty(Label) ? null : Label;

    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(ConnectionString) && !string.IsNullOrEmpty(Endpoint))
        {
            yield return "AppConfiguration: give either ConnectionString or Endpoint, not both.";
        }

        if (MaxAge <= Refresh)
        {
            yield return "AppConfiguration:MaxAgeSeconds must be above AppConfiguration:RefreshSeconds.";
        }

        if (!string.IsNullOrEmpty(Endpoint) && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme == "https"))
        {
            yield return "AppConfiguration:Endpoint must be an https address.";
        }

        if (!string.IsNullOrEmpty(ConnectionString) && ConnectionStringFault() is { } fault)
        {
            yield return $"AppConfiguration:ConnectionString: {fault}";
        }
    }

    private string? ConnectionStringFault()
    {
        try
        {
            ConfigurationConnectionString.Parse(ConnectionString!);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
