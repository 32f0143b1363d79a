using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Vivace.Testing.Network;

/// <summary>A port that stands before another and can break what runs through it, as networks do.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<int> target;
    private readonly ConcurrentDictionary<Socket, Socket> open = new();
    private readonly Task accepting;
    private volatile bool isAway;
    private volatile bool isSilent;

    /// <param name="target">The port behind it, asked for each connection.</param>
    public TcpRelay(Func<int> target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>While set, connections are accepted and broken at once, as where nobody listens behind a proxy.</summary>
    public bool IsAway
    {
        get => isAway;
        set => isAway = value;
    }

    /// <summary>While set, nothing is passed on in either direction, and nothing is closed: a half-open connection.</summary>
    public bool IsSilent
    {
        get => isSilent;
        set => isSilent = value;
    }

    /// <summary>Ends every connection that is open now, without a word.</summary>
    public void BreakAll()
    {
        foreach (var (near, far) in open)
        {
            Break(near);
            Break(far);
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        BreakAll();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await listener.AcceptSocketAsync();
            if (IsAway)
            {
                Break(near);
            }
            else
            {
                _ = ServeAsync(near);
            }
        }
    }

    private async Task ServeAsync(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        open[near] = far;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target());
            await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody is behind it.
            await HearAsync(near);
        }
        finally
        {
            open.TryRemove(near, out _);
            Break(near);
            Break(far);
        }
    }

    /// <summary>
    /// Waits until the client has said something or left: a reset before that could reach it while it still connects, as if
    /// nobody had listened.
    /// </summary>
    private static async Task HearAsync(Socket near)
    {
        try
        {
            await near.ReceiveAsync(new byte[1]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken before that.
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                if (!IsSilent)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken, as is its purpose.
        }
    }

    /// <summary>With a reset rather than an orderly end.</summary>
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        socket.Dispose();
    }
}
