using System.Net;
using System.Net.Sockets;

namespace Vivace.Testing;

/// <summary>
/// A port on 127.0.0.1 where one who is told of it may listen, again and again, and that nobody else is given meanwhile: it is
/// bound here, and this socket does not listen.
/// </summary>
public sealed class ReservedPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public void Dispose() => socket.Dispose();
}
