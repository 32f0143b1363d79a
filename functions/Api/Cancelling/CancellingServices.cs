namespace Vivace.Api.Cancelling;

internal static class CancellingServices
{
    public static IServiceCollection AddVivaceCancelling(this IServiceCollection services) => services
        .AddSingleton<TurnCanceller>()
        .AddHostedService<ControlLoop>();
}
