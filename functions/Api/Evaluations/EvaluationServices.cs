namespace Vivace.Api.Evaluations;

internal static class EvaluationServices
{
    public static IServiceCollection AddVivaceEvaluations(this IServiceCollection services) => services.AddHostedService<EvaluationLoop>();
}
