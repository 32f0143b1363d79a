namespace Vivace.Api.Settings;

internal static class SettingsServices
{
    public static IServiceCollection AddVivaceSettings(this IServiceCollection services, VivaceSettings settings) => services
        .AddSingleton(settings.Storage)
        .AddSingleton(settings.Processing)
        .AddSingleton(settings.Models)
        .AddSingleton(settings.Auth)
        .AddSingleton(settings.Limits)
        .AddSingleton(settings.Flags)
        .AddSingleton(settings.AppConfiguration)
        .AddSingleton(settings.Safety)
        .AddSingleton(settings.Turns)
        .AddSingleton(settings.Streams)
        .AddSingleton(settings.Evaluations)
        .AddSingleton(settings.Rollouts)
        .AddSingleton(settings.ServiceBus)
        .AddSingleton(settings.Agent);
}
