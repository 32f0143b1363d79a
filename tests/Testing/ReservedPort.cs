using System.Net;
using System.Net.Sockets;

namespace Vivace.Testing;

/// <summary>
/// A port on 127.0.0.1 that nobody else is given meanwhile: it is bound here, and this socket does not listen. Connections are
/// refused, unless one who is told of it listens there, which may be again and again.
/// </summary>
public sealed class ReservedPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public Uri Address => new($"http://127.0.0.1:{Number}");

    public void Dispose() => socket.Dispose();
}
