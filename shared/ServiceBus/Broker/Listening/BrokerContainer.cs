using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>What the library's listener asks for.</summary>
internal sealed partial class BrokerContainer(LinkAttacher attacher, ILogger logger) : IContainer
{
    public X509Certificate2? ServiceCertificate => null;

    public IDictionary<string, TransportProvider> CustomTransports { get; } = new Dictionary<string, TransportProvider>();

    public Message CreateMessage(ByteBuffer buffer) => new TransferMessage(buffer);

    public Link CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) => new ListenerLink(session, attach);

    /// <summary>False: the attach is answered here, now or later.</summary>
    public bool AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach)
    {
        try
        {
            attacher.Attach((ListenerLink)link, attach);
        }
        catch (AmqpException e) when ((string?)e.Error?.Condition == ErrorCode.IllegalState)
        {
            // The peer, or its connection, went away in between. Compared as text: two equal symbols are not ==.
            Log.GoneMeanwhile(logger, e.Message);
        }
        catch (Exception e)
        {
            Log.NotAttached(logger, e);
            link.Close(TimeSpan.Zero, new Error(ErrorCode.InternalError) { Description = "The broker failed." });
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "A link was not attached, since its session had ended: {Fault}")]
        public static partial void GoneMeanwhile(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Error, "A link could not be attached")]
        public static partial void NotAttached(ILogger logger, Exception fault);
    }
}
