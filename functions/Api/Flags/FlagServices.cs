using Vivace.Rollouts.Flags;

namespace Vivace.Api.Flags;

internal static class FlagServices
{
    /// <summary>The flags of one machine; those of a configuration store come with it.</summary>
    public static IServiceCollection AddVivaceFlagFile(this IServiceCollection services) => services
        .AddSingleton<FlagFile>()
        .AddSingleton<IFlagSource>(provider => provider.GetRequiredService<FlagFile>())
        .AddSingleton<IFlagStore, FlagFileStore>()
        .AddHostedService(provider => provider.GetRequiredService<FlagFile>());
}
