using System.Net;
using System.Net.Sockets;

namespace Vivace.Testing;

/// <summary>A port on 127.0.0.1 where nobody listens, and that nobody else is given meanwhile.</summary>
public sealed class DeadPort : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public DeadPort() => socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public Uri Address => new($"http://127.0.0.1:{Number}");

    public void Dispose() => socket.Dispose();
}
