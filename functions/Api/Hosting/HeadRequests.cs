namespace Vivace.Api.Hosting;

/// <summary>
/// Answers HEAD as GET without its body (RFC 9110, section 9.3.2), which Kestrel leaves out by what it read itself. Not of
/// streams, which would hold the connection for as long as they last.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Before routing, which knows only GET.</summary>
    public static void UseVivaceHead(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (HttpMethods.IsHead(request.Method) && request.Path.Value?.TrimEnd('/').EndsWith("/stream", StringComparison.OrdinalIgnoreCase) is not true)
        {
            request.Method = HttpMethods.Get;
        }

        return next(context);
    });
}
