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
    private const int MostAttempts = 10;

    private static readonly string[] Mechanisms = ["ANONYMOUS", "MSSBCBS"];

    private readonly ConnectionListener listener;
    private readonly QueueDirectory queues;
    private readonly JournalPump pump;
    private readonly OpenConnections connections;

    private EmbeddedBroker(ConnectionListener listener, OpenConnections connections, EmbeddedBrokerOptions options, QueueDirectory queues, JournalPump pump)
    {
        this.listener = listener;
        this.connections = connections;
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
        var connections = new OpenConnections(time);
        try
        {
            return new EmbeddedBroker(Listen(options.Port, container, connections), connections, options, queues, pump);
        }
        catch
        {
            await EndAsync(queues, pump);
            throw;
        }
    }

    /// <summary>Closes all connections and waits until the journal has everything.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            listener.Close();
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // A connection broke at the same moment; those that have not been told are cut below.
        }

        await connections.EndAsync();
        await EndAsync(queues, pump);
    }

    private static async Task EndAsync(QueueDirectory queues, JournalPump pump)
    {
        foreach (var queue in queues.All)
        {
            queue.Dispose();
        }

        await pump.StopAsync();
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

    private static ConnectionListener Listen(int port, BrokerContainer container, OpenConnections connections)
    {
        for (var left = MostAttempts; ; left--)
        {
            try
            {
                return Open(BoundPort(port), container, connections);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && left > 0)
            {
                port = 0;
            }
        }
    }

    private static ConnectionListener Open(int port, BrokerContainer container, OpenConnections connections)
    {
        // By its address: the library binds every interface for the name localhost.
        var listener = new ConnectionListener($"amqp://127.0.0.1:{port}", container) { HandlerFactory = _ => new ConnectionHandler() };
        listener.AMQP.MaxSessionsPerConnection = MostSessions;
        listener.AMQP.MaxLinksPerSession = MostLinks;
        foreach (var mechanism in Mechanisms)
        {
            listener.SASL.EnableMechanism(mechanism, new HandshakeProfile(mechanism, connections));
        }

        listener.Open();
        return listener;
    }

    /// <summary>
    /// The library cannot tell which port it was given, so one is looked for first. It also shares a port with another of
    /// its listeners in silence, so one that is asked for is tried first.
    /// </summary>
    private static int BoundPort(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
