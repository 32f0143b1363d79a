using Vivace.Sqlite;

namespace Vivace.Api.Health;

/// <summary><c>/health</c>, and the answer to the Functions host's probe at <c>/</c>.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/", () => Results.Text("Vivace. See /openapi/v1.json and /api/capabilities.\n")).ExcludeFromDescription();
        app.MapGet("/health/live", () => Results.Text("live\n")).WithSummary("Whether the process answers");
        app.MapGet("/health/ready", ReadyAsync).WithSummary("Whether messages are accepted: the store takes writes");
    }

    private static async Task<IResult> ReadyAsync(SqliteStore store, CancellationToken cancellation)
        => await store.IsReadyAsync(cancellation)
            ? Results.Text("ready\n")
            : Results.Text("the store does not take writes\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
