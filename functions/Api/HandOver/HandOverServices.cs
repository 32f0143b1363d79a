namespace Vivace.Api.HandOver;

internal static class HandOverServices
{
    public static IServiceCollection AddVivaceHandOver(this IServiceCollection services) => services.AddHostedService<HandOverLoop>();
}
