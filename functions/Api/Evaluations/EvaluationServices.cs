using Vivace.Api.Settings;

namespace Vivace.Api.Evaluations;

internal static class EvaluationServices
{
    public static IServiceCollection AddVivaceEvaluations(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<EvaluationsSettings>().ToPatience())
        .AddSingleton<EvaluationSender>()
        .AddSingleton<EvaluationWorker>()
        .AddSingleton<DeadEvaluations>();
}
