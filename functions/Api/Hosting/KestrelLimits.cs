using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
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

    /// <summary>
    /// A request begins on the thread pool's thread that has read it, and an answer is sent by the one that has written it,
    /// without a change of threads in between. Nothing here blocks a thread for longer than a commit.
    /// </summary>
    public static void Apply(SocketTransportOptions options) => options.UnsafePreferInlineScheduling = true;
}
