using Vivace.Client;
using Vivace.Testing.Network;

namespace Vivace.Cli.Tests.Drivers;

/// <summary>The typed client, with a connection pool of its own.</summary>
internal sealed class Connected : IDisposable
{
    private readonly HttpClient http;

    public Connected(Uri endpoint, VivaceClientOptions? options = null, TimeProvider? time = null)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = endpoint };
        Client = new VivaceClient(http, options ?? new VivaceClientOptions { ReconnectDelay = TimeSpan.FromMilliseconds(1) }, time ?? TimeProvider.System);
    }

    public VivaceClient Client { get; }

    public static Connected Through(TcpRelay relay, VivaceClientOptions? options = null) => new(new Uri($"http://127.0.0.1:{relay.Port}"), options);

    public void Dispose() => http.Dispose();
}
