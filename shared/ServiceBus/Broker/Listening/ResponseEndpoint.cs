using Amqp.Listener;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>A link that takes answers; its credit is the requester's own affair.</summary>
internal sealed class ResponseEndpoint(ListenerLink link, ILogger logger) : GuardedEndpoint(link, logger);
