using Azure.Identity;
using Vivace.Api.Settings;
using Vivace.Azure.AppConfiguration;

namespace Vivace.Api.Configuration;

/// <summary>Makes the client of the store that the settings name.</summary>
internal static class ConfigurationClients
{
    public static ConfigurationClient Create(AppConfigurationSettings settings, TimeProvider time)
    {
        var options = new ConfigurationClientOptions { ApiVersion = settings.ApiVersion, Time = time };
        return settings.ConnectionString is { Length: > 0 } access
            ? new ConfigurationClient(access, options)
            : new ConfigurationClient(new Uri(settings.Endpoint!), new DefaultAzureCredential(), options);
    }
}
