using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

internal static class TurnServices
{
    public static IServiceCollection AddVivaceTurns(this IServiceCollection services) => services
        .AddSingleton(provider => new InstanceId(provider.GetRequiredService<IdGenerator>().Next()))
        .AddSingleton<HandOver>()
        .AddSingleton<LiveTurns>()
        .AddSingleton<TurnAcceptor>()
        .AddSingleton<TurnDispatch>()
        .AddSingleton<TurnExecutor>()
        .AddSingleton<TurnRevival>()
        .AddSingleton<LostTurn>()
        .AddSingleton<TurnWorker>()
        .AddSingleton<TurnReplay>()
        .AddHostedService<TurnDrain>();
}
