namespace Vivace.Api.Flags;

internal static class FlagServices
{
    public static IServiceCollection AddVivaceFlags(this IServiceCollection services) => services
        .AddSingleton<FlagFile>()
        .AddHostedService(provider => provider.GetRequiredService<FlagFile>());
}
