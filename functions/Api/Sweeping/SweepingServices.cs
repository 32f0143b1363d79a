namespace Vivace.Api.Sweeping;

internal static class SweepingServices
{
    /// <param name="byHost">Whether timers of the Functions host sweep and drain.</param>
    public static IServiceCollection AddVivaceSweeping(this IServiceCollection services, bool byHost)
    {
        services.AddSingleton<OutboxSweep>().AddSingleton<DeadLetterDrain>();
        return byHost ? services : services.AddHostedService<SweepLoop>().AddHostedService<DeadLetterLoop>();
    }
}
