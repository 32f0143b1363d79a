using Vivace.Api.Settings;
using Vivace.Runtime.Evaluations;

namespace Vivace.Api.Evaluations;

internal static class EvaluationServices
{
    public static IServiceCollection AddVivaceEvaluations(this IServiceCollection services) => services
        .AddSingleton(provider => new EvaluationPatience(TimeSpan.FromSeconds(provider.GetRequiredService<EvaluationsSettings>().ResendSeconds)))
        .AddSingleton<EvaluationSender>()
        .AddSingleton<EvaluationWorker>()
        .AddSingleton<DeadEvaluations>();
}
