using System.Text.Json;
using System.Xml;
using Vivace.Testing.Hosting;

namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>The embedded broker of the program in a process of its own, with the suite's queues from its settings.</summary>
internal sealed class ProcessFixture(VivaceHost host, int port, string key) : RelayedFixture(() => port, "vivace", key)
{
    public static async Task<ProcessFixture> StartAsync()
    {
        var host = await VivaceHost.StartAsync(new VivaceSetup { AsProcess = true, Settings = ["ServiceBus:Embedded:Port=0", .. ConformanceQueues.All.SelectMany(Describe)] });
        using var address = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(host.Folder, "broker.json")));
        return new ProcessFixture(host, address.RootElement.GetProperty("port").GetInt32(), address.RootElement.GetProperty("key").GetString()!);
    }

    protected override async Task EndAsync() => await host.DisposeAsync();

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
                yield return $"{setting}LockDuration={XmlConvert.ToString(ConformanceQueues.ShortLock)}";
                break;
            case ConformanceQueues.ShortSessions:
                yield return $"{setting}RequiresSession=true";
                yield return $"{setting}LockDuration={XmlConvert.ToString(ConformanceQueues.ShortLock)}";
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
