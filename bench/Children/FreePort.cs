using System.Net;
using System.Net.Sockets;

namespace Vivace.Bench.Children;

internal static class FreePort
{
    /// <summary>A port that the system gave and that is free again.</summary>
    public static int Take()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
