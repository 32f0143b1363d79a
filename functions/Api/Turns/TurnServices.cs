namespace Vivace.Api.Turns;

internal static class TurnServices
{
    public static IServiceCollection AddVivaceTurns(this IServiceCollection services) => services
        .AddSingleton<LiveTurns>()
        .AddSingleton<TurnAcceptor>()
        .AddSingleton<TurnExecutor>()
        .AddSingleton<TurnReplay>()
        .AddHostedService<TurnDrain>();
}
