using Vivace.Api.Problems;

namespace Vivace.Api.Auth;

internal static class AuthServices
{
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
            return new ProblemResult(fault!).ExecuteAsync(context);
        }

        context.Features.Set(caller);
        return next(context);
    }
}
