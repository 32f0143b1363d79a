using Microsoft.Extensions.AI;
using Vivace.Api.Models.OpenAi;
using Vivace.Api.Settings;
using Vivace.Runtime.Models;
using Vivace.Runtime.Models.Offline;
using Vivace.Runtime.Telemetry;

namespace Vivace.Api.Models;

internal static class ModelServices
{
    public static IServiceCollection AddVivaceModels(this IServiceCollection services, ModelsSettings settings) => services
        .AddKeyedSingleton(ModelSize.Small, (provider, _) => Endpoint(ModelSize.Small, settings.Small, settings.Offline, provider))
        .AddKeyedSingleton(ModelSize.Large, (provider, _) => Endpoint(ModelSize.Large, settings.Large, settings.Offline, provider))
        .AddSingleton<IChatClient>(provider => new TurnRoutingChatClient(
            provider.GetRequiredKeyedService<ModelEndpoint>(ModelSize.Small),
            provider.GetRequiredKeyedService<ModelEndpoint>(ModelSize.Large),
            provider.GetRequiredService<VivaceMetrics>()));

    private static ModelEndpoint Endpoint(ModelSize size, ModelSettings settings, OfflineSettings offline, IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        if (settings.Provider == "openai")
        {
            return new ModelEndpoint(settings.Model!, Drilled(new RetryingChatClient(OpenAiModel.Create(settings), time)));
        }

        var latency = offline.Latency == "none" ? OfflineLatency.None : OfflineLatency.Simulated(size);
        return new ModelEndpoint($"offline-{(size == ModelSize.Small ? "small" : "large")}", Drilled(new OfflineChatClient(size, latency, time)), IsDemo: true);

        FaultInjectingChatClient Drilled(IChatClient client) => new(client, time);
    }
}
