using Vivace.Testing.Network;

namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>A broker behind a relay that can be broken.</summary>
internal abstract class RelayedFixture(Func<int> port, string keyName, string key) : IBusFixture
{
    private readonly TcpRelay relay = new(port);

    public string ConnectionString => $"Endpoint=sb://127.0.0.1:{relay.Port};SharedAccessKeyName={keyName};SharedAccessKey={key};UseDevelopmentEmulator=true";

    public bool IsAway
    {
        set => relay.IsAway = value;
    }

    public Task BreakConnectionsAsync()
    {
        relay.BreakAll();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await relay.DisposeAsync();
        await EndAsync();
    }

    /// <summary>Ends the broker.</summary>
    protected abstract Task EndAsync();
}
