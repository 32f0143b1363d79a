using Microsoft.OpenApi;

namespace Vivace.Api.OpenApi;

internal static class OpenApiMetadata
{
    /// <summary>
    /// Documents a JSON body. Not by Accepts(), which would make routing refuse other media types before the endpoint can
    /// answer with a problem document.
    /// </summary>
    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder endpoint, bool isRequired = true)
        => endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), cancellationToken: cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = isRequired,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        });
}
