using Microsoft.AspNetCore.Server.Kestrel.Core;
using Vivace.Contracts.Capabilities;

namespace Vivace.Api.Hosting;

internal static class KestrelLimits
{
    /// <summary>Bodies are read with a limit of their own, so that too large ones get a problem document; this is the backstop.</summary>
    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = 4L * RequestLimits.Current.BodyBytes;
    }
}
