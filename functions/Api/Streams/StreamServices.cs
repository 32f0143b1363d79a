using Vivace.Api.Settings;

namespace Vivace.Api.Streams;

internal static class StreamServices
{
    public static IServiceCollection AddVivaceStreams(this IServiceCollection services) => services
        .AddSingleton(provider => StreamPace.Of(provider.GetRequiredService<StreamsSettings>(), provider.GetRequiredService<ServiceBusSettings>()))
        .AddSingleton(provider => StreamTimes.Of(provider.GetRequiredService<StreamsSettings>()))
        .AddSingleton<StreamRelays>();
}
