using Vivace.Api.Rollouts;
using Vivace.Contracts;

namespace Vivace.Api.OpenApi;

/// <summary><c>/openapi/v1.json</c>.</summary>
internal static class OpenApiServices
{
    public static IServiceCollection AddVivaceOpenApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Context);
            options.SerializerOptions.TypeInfoResolverChain.Insert(1, RolloutWireJson.Default);
        });
        return services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Vivace";
            document.Info.Description = "A conversation endpoint whose every message may choose its processing.";
            document.Servers?.Clear();
            OpenApiSecurity.Describe(document);
            return Task.CompletedTask;
        }));
    }

    public static void MapVivaceOpenApi(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json");
}
