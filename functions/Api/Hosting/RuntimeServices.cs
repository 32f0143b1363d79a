using Vivace.Api.Settings;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Pipeline;
using Vivace.Runtime.Safety;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;
using Vivace.Sqlite;

namespace Vivace.Api.Hosting;

/// <summary>Services of the runtime that belong to no endpoint.</summary>
internal static class RuntimeServices
{
    public static IServiceCollection AddVivaceRuntime(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IdGenerator>()
        .AddSingleton<VivaceMetrics>()
        .AddSingleton(provider => SafetyRules.Load(provider.GetRequiredService<SafetySettings>().RulesPath))
        .AddSingleton<CapabilityRegistry>()
        .AddSingleton<MessagePipeline>()
        .AddSingleton<DeferredEvaluations>();

    public static IServiceCollection AddVivaceStore(this IServiceCollection services, StorageSettings settings) => services
        .AddSingleton(_ => new SqliteStore(new SqliteOptions { Folder = settings.Path, SynchronousFull = settings.IsFull }))
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Conversations)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Turns)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Facts)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Evaluations)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Rollouts);
}
