using System.Text.Json;
using Vivace.Testing.Hosting;
using Vivace.Testing.Network;

namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>The embedded broker of the program in a process of its own, with the suite's queues from its settings.</summary>
internal sealed class ProcessFixture : IBusFixture
{
    private readonly VivaceHost host;
    private readonly TcpRelay relay;
    private readonly string key;

    private ProcessFixture(VivaceHost host, int port, string key)
    {
        (this.host, this.key) = (host, key);
        relay = new TcpRelay(() => port);
    }

    public string ConnectionString => $"Endpoint=sb://127.0.0.1:{relay.Port};SharedAccessKeyName=vivace;SharedAccessKey={key};UseDevelopmentEmulator=true";

    public static async Task<ProcessFixture> StartAsync()
    {
        var host = await VivaceHost.StartAsync(new VivaceSetup { AsProcess = true, Settings = ["ServiceBus:Embedded:Port=0", .. ConformanceQueues.All.SelectMany(Describe)] });
        using var address = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(host.Folder, "broker.json")));
        return new ProcessFixture(host, address.RootElement.GetProperty("port").GetInt32(), address.RootElement.GetProperty("key").GetString()!);
    }

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
        await host.DisposeAsync();
    }

    private static IEnumerable<string> Describe(string name, int index)
    {
        var setting = $"ServiceBus:Embedded:Queues:{index}:";
        yield return $"{setting}Name={name}";
        switch (name)
        {
            case ConformanceQueues.Sessions:
                yield return $"{setting}RequiresSession=true";
                break;
            case ConformanceQueues.Duplicates:
                yield return $"{setting}RequiresDuplicateDetection=true";
                break;
            case ConformanceQueues.Short:
                yield return $"{setting}LockDuration=PT2S";
                break;
            case ConformanceQueues.ShortSessions:
                yield return $"{setting}RequiresSession=true";
                yield return $"{setting}LockDuration=PT2S";
                break;
            case ConformanceQueues.Dying:
                yield return $"{setting}MaxDeliveryCount=2";
                break;
            case ConformanceQueues.Brief:
                yield return $"{setting}DefaultMessageTimeToLive=PT0.3S";
                yield return $"{setting}DeadLetteringOnMessageExpiration=true";
                break;
        }
    }
}
