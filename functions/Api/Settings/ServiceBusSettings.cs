namespace Vivace.Api.Settings;

/// <summary>Section <c>ServiceBus</c>: where messages travel. Neither connection string nor namespace: the embedded broker.</summary>
internal sealed class ServiceBusSettings
{
    /// <summary>Of a namespace, or of an emulator. It may also be the value of the section itself, as Functions have it.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Fully qualified, such as <c>name.servicebus.windows.net</c>; entered with an Entra token.</summary>
    public string? Namespace { get; set; }

    /// <summary>The same, as Functions name it for identity-based connections.</summary>
    public string? FullyQualifiedNamespace { get; set; }

    public EmbeddedBrokerSettings Embedded { get; set; } = new();

    public string? NamespaceName => Namespace ?? FullyQualifiedNamespace;

    public bool IsEmbedded => string.IsNullOrEmpty(ConnectionString) && string.IsNullOrEmpty(NamespaceName);

    public static ServiceBusSettings Read(IConfigurationSection section)
    {
        var settings = section.Get<ServiceBusSettings>() ?? new();
        settings.ConnectionString ??= section.Value;
        return settings;
    }

    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(ConnectionString) && !string.IsNullOrEmpty(NamespaceName))
        {
            yield return "ServiceBus: give either ConnectionString or Namespace, not both.";
        }

        foreach (var queue in Embedded.Queues)
        {
            foreach (var fault in queue.Faults())
            {
                yield return fault;
            }
        }

        if (Embedded.Port is < 0 or > 65535)
        {
            yield return "ServiceBus:Embedded:Port must be 0 to 65535; 0 is any free one.";
        }
    }
}
