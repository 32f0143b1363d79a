namespace Vivace.Api.Processors;

internal static class ProcessorServices
{
    /// <param name="takeWork">False: triggers of the Functions host bring the work, or other processes do it.</param>
    public static IServiceCollection AddVivaceProcessors(this IServiceCollection services, bool takeWork)
        => takeWork ? services.AddHostedService<QueueProcessors>() : services;
}
