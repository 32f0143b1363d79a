namespace Vivace.Api.Processors;

internal static class ProcessorServices
{
    /// <param name="byHost">Whether triggers of the Functions host bring the work.</param>
    public static IServiceCollection AddVivaceProcessors(this IServiceCollection services, bool byHost)
        => byHost ? services : services.AddHostedService<QueueProcessors>();
}
