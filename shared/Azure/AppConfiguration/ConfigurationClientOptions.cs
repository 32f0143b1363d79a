using Azure.Core;

namespace Vivace.Azure.AppConfiguration;

/// <summary>How a client speaks to its store.</summary>
public sealed class ConfigurationClientOptions : ClientOptions
{
    /// <summary>Retries three times from 200 ms on, and gives an answer ten seconds.</summary>
    public ConfigurationClientOptions()
    {
        Retry.Delay = TimeSpan.FromMilliseconds(200);
        Retry.MaxDelay = TimeSpan.FromSeconds(5);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>The <c>api-version</c>; <c>2023-11-01</c> and <c>2024-09-01</c> are served everywhere, newer ones not.</summary>
    public string ApiVersion { get; set; } = DefaultApiVersion;

    /// <summary>The clock of signatures; a store accepts them for 15 minutes.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The default of <see cref="ApiVersion"/>.</summary>
    public const string DefaultApiVersion = "2023-11-01";
}
