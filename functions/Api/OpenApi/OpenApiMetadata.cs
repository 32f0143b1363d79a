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

    /// <summary>Documents a header that the endpoint reads; none is required.</summary>
    public static RouteHandlerBuilder ReadsHeader(this RouteHandlerBuilder endpoint, string name, string description, int? maxLength = null)
        => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Header,
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = maxLength is null ? null : 1, MaxLength = maxLength },
            });
            return Task.CompletedTask;
        });

    /// <summary>Documents a header that answers of these statuses may carry.</summary>
    public static RouteHandlerBuilder SendsHeader(
        this RouteHandlerBuilder endpoint, string name, JsonSchemaType type, string description, params string[] statuses)
        => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var response in statuses.Select(s => operation.Responses?[s]).OfType<OpenApiResponse>())
            {
                response.Headers ??= new Dictionary<string, IOpenApiHeader>();
                response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
            }

            return Task.CompletedTask;
        });
}
