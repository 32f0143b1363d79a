namespace Vivace.Api.Limits;

internal static class LimitsServices
{
    public static IServiceCollection AddVivaceLimits(this IServiceCollection services) => services.AddSingleton<OwnerLimits>();
}
