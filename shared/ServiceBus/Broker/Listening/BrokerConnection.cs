using System.Collections.Concurrent;
using Amqp;
using Amqp.Listener;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>What the broker knows of a connection.</summary>
internal sealed class BrokerConnection
{
    private const string Key = "vivace";

    private readonly ConcurrentDictionary<string, ListenerLink> responses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ListenerLink, WaitingAttach> waiting = new();

    /// <summary>Whether a valid token was put.</summary>
    public bool IsAuthorized { get; set; }

    /// <summary>Closing it cuts the connection without a word.</summary>
    public ITransport? Transport { get; set; }

    public static BrokerConnection Of(ListenerLink link) => Of((ListenerConnection)link.Session.Connection);

    public static BrokerConnection Of(ListenerConnection connection)
    {
        lock (connection.Properties)
        {
            if (connection.Properties.TryGetValue(Key, out var known))
            {
                return (BrokerConnection)known;
            }

            var created = new BrokerConnection();
            connection.Properties[Key] = created;
            return created;
        }
    }

    /// <summary>The link that takes the answers for an address.</summary>
    public ListenerLink? Response(string address) => responses.GetValueOrDefault(address);

    public void AddResponse(string address, ListenerLink link)
    {
        responses[address] = link;
        link.AddClosedCallback((_, _) => responses.TryRemove(new(address, link)));
    }

    public WaitingAttach? Waiting(ListenerLink link) => waiting.GetValueOrDefault(link);

    public void AddWaiting(ListenerLink link, WaitingAttach attach) => waiting[link] = attach;

    public void RemoveWaiting(ListenerLink link) => waiting.TryRemove(link, out _);
}
