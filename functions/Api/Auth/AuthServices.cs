using Vivace.Api.Problems;

namespace Vivace.Api.Auth;

internal static class AuthServices
{
    /// <summary>How a key is sent: in X-Api-Key, or as a bearer token (RFC 6750).</summary>
    private static readonly string[] Challenges = ["ApiKey realm=\"Vivace\"", "Bearer realm=\"Vivace\""];

    public static IServiceCollection AddVivaceAuth(this IServiceCollection services) => services
        .AddSingleton<ApiKeyRing>()
        .AddSingleton<CallerResolver>();

    /// <summary>Everything under /api needs a caller.</summary>
    public static void UseVivaceAuth(this WebApplication app)
    {
        var resolver = app.Services.GetRequiredService<CallerResolver>();
        app.Use((context, next) => AdmitAsync(context, next, resolver));
    }

    /// <summary>The caller of an endpoint under /api.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint lies outside /api.");

    private static Task AdmitAsync(HttpContext context, RequestDelegate next, CallerResolver resolver)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        var (caller, fault) = resolver.Resolve(context);
        if (caller is null)
        {
            if (fault!.Status == StatusCodes.Status401Unauthorized)
            {
                // RFC 9110, section 15.5.2: at least one challenge.
                context.Response.Headers.WWWAuthenticate = Challenges;
            }

            return new ProblemResult(fault).ExecuteAsync(context);
        }

        context.Features.Set(caller);
        return next(context);
    }
}
