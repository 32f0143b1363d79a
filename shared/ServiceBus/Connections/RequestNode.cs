using Amqp;

namespace Vivace.ServiceBus.Connections;

/// <summary>A node that answers requests. Service Bus detaches links that are idle for ten minutes, so they are made anew when needed.</summary>
internal sealed class RequestNode(Connection connection, string address)
{
    private readonly Lock gate = new();
    private RequestLink? link;

    /// <summary>An open pair of links.</summary>
    public RequestLink Link
    {
        get
        {
            lock (gate)
            {
                return link is { IsClosed: false } open ? open : link = new RequestLink(connection, address);
            }
        }
    }
}
