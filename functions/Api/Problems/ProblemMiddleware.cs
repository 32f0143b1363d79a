using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Problems;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Problems;

/// <summary>The edge: whatever escapes an endpoint becomes a problem document, and an unknown path one too.</summary>
internal static partial class ProblemMiddleware
{
    public static void UseVivaceProblems(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Vivace.Api.Problems");
        app.Use((context, next) => GuardAsync(context, next, logger));
    }

    private static async Task GuardAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, ContentLength: null, ContentType: null })
            {
                var unknown = context.Response.StatusCode == StatusCodes.Status404NotFound;
                await new ProblemResult(unknown ? ProblemKinds.NotFound("path") : ProblemKinds.MethodNotAllowed).ExecuteAsync(context);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            if (e is not BadHttpRequestException)
            {
                Log.Failed(logger, e, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "no endpoint");
            }

            await new ProblemResult(Describe(e)).ExecuteAsync(context);
        }
    }

    private static Problem Describe(Exception e) => e switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ProblemKinds.TooLarge(RequestLimits.Current.BodyBytes),
        BadHttpRequestException bad => ProblemKinds.InvalidRequest("The request could not be read.") with { Status = bad.StatusCode },
        StoreUnavailableException => ProblemKinds.StoreUnavailable,
        _ => ProblemKinds.Internal,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed")]
        public static partial void Failed(ILogger logger, Exception fault, string method, string endpoint);
    }
}
