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
        .AddSingleton(provider => Rules(provider.GetRequiredService<SafetySettings>().RulesPath))
        .AddSingleton<CapabilityRegistry>()
        .AddSingleton<MessagePipeline>()
        .AddSingleton<DeferredEvaluations>();

    public static IServiceCollection AddVivaceStore(this IServiceCollection services, StorageSettings settings) => services
        .AddSingleton(_ => DatabaseFault.Tell(
            Path.Combine(settings.Path, "vivace.db"), () => new SqliteStore(new SqliteOptions { Folder = settings.Path, SynchronousFull = settings.IsFull })))
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Conversations)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Turns)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Facts)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Evaluations)
        .AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Rollouts);

    private static SafetyRules Rules(string? path)
    {
        try
        {
            return SafetyRules.Load(path);
        }
        catch (Exception e) when (path is not null)
        {
            throw new StartupException("The rules that Safety:RulesPath names cannot be used:", [$"{path}: {e.Message}"]);
        }
    }
}
