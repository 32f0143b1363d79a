using System.Net;
using System.Net.Sockets;
using Amqp.Listener;
using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Broker.Listening;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker;

/// <summary>
/// A Service Bus of one process: AMQP 1.0 on 127.0.0.1, so that this program's own client and any other Service Bus client
/// in emulator mode work with it. What it has acknowledged is in its journal.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const ushort MostSessions = ushort.MaxValue;
    private const int MostLinks = 16 * 1024;

    private readonly ConnectionListener listener;
    private readonly QueueDirectory queues;
    private readonly JournalPump pump;

    private EmbeddedBroker(ConnectionListener listener, EmbeddedBrokerOptions options, QueueDirectory queues, JournalPump pump)
    {
        this.listener = listener;
        this.queues = queues;
        this.pump = pump;
        Port = listener.Address.Port;
        ConnectionString = $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName={options.KeyName};SharedAccessKey={options.Key};UseDevelopmentEmulator=true;";
    }

    /// <summary>Where it listens in the end.</summary>
    public int Port { get; }

    /// <summary>What a client connects with.</summary>
    public string ConnectionString { get; }

    /// <summary>Takes up what the journal kept, then listens.</summary>
    /// <param name="faults">Faults that tests plant.</param>
    public static async Task<EmbeddedBroker> StartAsync(
        EmbeddedBrokerOptions options, IBrokerJournal journal, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation, IBrokerFaults? faults = null)
    {
        var logger = loggers.CreateLogger<EmbeddedBroker>();
        var pump = new JournalPump(journal, logger);
        var ids = new UniqueIds();
        var queues = Queues(options, new QueueContext(pump, ids, time, PropertyEditor.MarkDead));
        QueueLoader.Load(queues, await journal.LoadAsync(cancellation));
        var key = new SharedAccessKey(options.KeyName, options.Key, time);
        var container = new BrokerContainer(new LinkAttacher(queues, new CbsNode(key), ids, faults, time, logger), logger);
        return new EmbeddedBroker(Listen(options.Port, container), options, queues, pump);
    }

    /// <summary>Closes all connections and waits until the journal has everything.</summary>
    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await pump.StopAsync();
        foreach (var queue in queues.All)
        {
            queue.Dispose();
        }
    }

    private static QueueDirectory Queues(EmbeddedBrokerOptions options, QueueContext context)
    {
        var directory = new QueueDirectory();
        foreach (var queue in options.Queues)
        {
            var dead = new MessageQueue(new QueueOptions { Name = queue.Name + AmqpNames.DeadLetterSuffix, LockDuration = queue.LockDuration }, context, null);
            directory.Add(dead);
            directory.Add(new MessageQueue(queue, context, dead));
        }

        return directory;
    }

    private static ConnectionListener Listen(int port, BrokerContainer container)
    {
        try
        {
            return Open(port == 0 ? FreePort() : port, container);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return Open(FreePort(), container);
        }
    }

    private static ConnectionListener Open(int port, BrokerContainer container)
    {
        // By its address: the library binds every interface for the name localhost.
        var listener = new ConnectionListener($"amqp://127.0.0.1:{port}", container) { HandlerFactory = _ => new ConnectionHandler() };
        listener.AMQP.MaxSessionsPerConnection = MostSessions;
        listener.AMQP.MaxLinksPerSession = MostLinks;
        listener.SASL.EnableMechanism("ANONYMOUS", new HandshakeProfile("ANONYMOUS"));
        listener.SASL.EnableMechanism("MSSBCBS", new HandshakeProfile("MSSBCBS"));
        listener.Open();
        return listener;
    }

    /// <summary>The library cannot tell which port it was given, so one is looked for first.</summary>
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
