using Vivace.Api.Flags;
using Vivace.Api.Settings;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Configuration;

internal static class ConfigurationServices
{
    /// <summary>Flags, and whatever else may change while the application runs: from a store where one is named, else from files.</summary>
    public static IServiceCollection AddVivaceConfiguration(this IServiceCollection services, AppConfigurationSettings settings)
        => settings.IsConfigured ? services.AddStore(settings) : services.AddVivaceFlagFile();

    private static IServiceCollection AddStore(this IServiceCollection services, AppConfigurationSettings settings) => services
        .AddSingleton(new Random())
        .AddSingleton(provider => ConfigurationClients.Create(settings, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<ConfigurationRefresh>()
        .AddSingleton<IFlagSource>(provider => provider.GetRequiredService<ConfigurationRefresh>())
        .AddSingleton<IFlagStore, ConfigurationFlagStore>()
        .AddHostedService(provider => provider.GetRequiredService<ConfigurationRefresh>());
}
