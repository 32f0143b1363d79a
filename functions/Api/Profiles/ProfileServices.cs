namespace Vivace.Api.Profiles;

internal static class ProfileServices
{
    public static IServiceCollection AddVivaceProfiles(this IServiceCollection services) => services
        .AddSingleton<ProfileReport>()
        .AddSingleton<LiveProfiles>()
        .AddHostedService<ProfileStartReport>();
}
