using Vivace.Api.Configuration;
using Vivace.Api.Rollouts.Drilling;
using Vivace.Api.Rollouts.Measuring;
using Vivace.Api.Rollouts.Steering;
using Vivace.Api.Settings;

namespace Vivace.Api.Rollouts;

internal static class RolloutServices
{
    /// <param name="byHost">Whether a timer of the Functions host has rollouts judged.</param>
    public static IServiceCollection AddVivaceRollouts(this IServiceCollection services, bool byHost)
    {
        services
            .AddSingleton<RolloutRecorder>()
            .AddSingleton<TurnMeasuring>()
            .AddSingleton<MismatchWatch>()
            .AddSingleton<Presence>()
            .AddSingleton(provider => new RolloutPlans(provider.GetRequiredService<StorageSettings>(), provider.GetService<ConfigurationRefresh>()))
            .AddSingleton<RolloutFlags>()
            .AddSingleton<RolloutMeasurer>()
            .AddSingleton<RolloutController>()
            .AddSingleton<StartCheck>()
            .AddSingleton<DrillFaults>()
            .AddSingleton<RolloutOffice>()
            .AddHostedService<MeasurementLoop>()
            .AddHostedService<AlarmLoop>();
        return byHost ? services : services.AddHostedService<ReconcileLoop>();
    }
}
