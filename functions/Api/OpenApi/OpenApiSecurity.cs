using Microsoft.OpenApi;

namespace Vivace.Api.OpenApi;

/// <summary>Documents that everything under /api needs a key, and how one is sent.</summary>
internal static class OpenApiSecurity
{
    private const string Users = "A key of the role service names its end user in X-Vivace-User (opaque, at most 128 characters); "
        + "each user has conversations of their own. Other keys may not send that header. "
        + "A server without configured keys needs none and serves only its own machine.";

    public static void Describe(OpenApiDocument document)
    {
        document.AddComponent("ApiKey", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Api-Key",
            Description = Users,
        });
        document.AddComponent("Bearer", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The same key as a bearer token.",
        });
        var operations = document.Paths
            .Where(p => p.Key.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(p => p.Value.Operations ?? [])
            .Select(o => o.Value);
        foreach (var operation in operations)
        {
            operation.Security = [Needs("ApiKey", document), Needs("Bearer", document)];
        }
    }

    private static OpenApiSecurityRequirement Needs(string scheme, OpenApiDocument document)
        => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
