namespace Vivace.Api.Evaluations;

internal static class EvaluationServices
{
    public static IServiceCollection AddVivaceEvaluations(this IServiceCollection services) => services
        .AddSingleton<EvaluationSender>()
        .AddSingleton<EvaluationWorker>()
        .AddSingleton<DeadEvaluations>();
}
