using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Vivace.Api.Hosting;

internal static class KestrelSockets
{
    /// <summary>
    /// A request begins on the thread pool's thread that has read it, and an answer is sent by the one that has written it,
    /// without a change of threads in between. A handler holds its thread for a commit at most, and while another process
    /// on the folder writes, for as long as that takes; other connections are read by other threads.
    /// </summary>
    public static void Apply(SocketTransportOptions options) => options.UnsafePreferInlineScheduling = true;
}
