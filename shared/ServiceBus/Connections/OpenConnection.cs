using System.Collections.Concurrent;
using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Receiving;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Connections;

/// <summary>An open connection and the links on it. When it breaks, so do they; a new one takes its place.</summary>
internal sealed class OpenConnection : IAsyncDisposable
{
    private readonly Connection connection;
    private readonly TimeProvider time;
    private readonly Authorization authorization;
    private readonly ConcurrentDictionary<string, RequestNode> management = new(StringComparer.Ordinal);
    private int links;

    public OpenConnection(Connection connection, ConnectionTarget target, TimeProvider time, ILogger logger)
    {
        (this.connection, this.time) = (connection, time);
        authorization = new Authorization(new RequestNode(connection, AmqpNames.CbsAddress), target, time, logger);
    }

    public bool IsOpen => !connection.IsClosed;

    /// <summary>A link that sends; it is ready when the broker gives it credit.</summary>
    public async ValueTask<SenderLink> AttachSenderAsync(string entityPath, CancellationToken cancellation)
    {
        await authorization.GrantAsync(entityPath, cancellation).ConfigureAwait(false);
        var attach = new Attach { Source = new Source(), Target = new Target { Address = entityPath }, SndSettleMode = SenderSettleMode.Unsettled };
        return new SenderLink(new Session(connection), NextName(entityPath), attach, null);
    }

    /// <summary>A link that receives, once the broker has attached it.</summary>
    /// <param name="window">What it asks for with the attach, so that the first messages come right behind the answer.</param>
    public async ValueTask<ReceivingLink> AttachReceiverAsync(
        string entityPath, ServiceBusReceiveMode mode, int window, Map? filters, Fields? properties, CancellationToken cancellation)
    {
        await authorization.GrantAsync(entityPath, cancellation).ConfigureAwait(false);
        var locks = mode == ServiceBusReceiveMode.PeekLock;
        var attach = new Attach
        {
            Source = new Source { Address = entityPath },
            Target = new Target(),
            SndSettleMode = locks ? SenderSettleMode.Unsettled : SenderSettleMode.Settled,
            RcvSettleMode = locks ? ReceiverSettleMode.Second : ReceiverSettleMode.First,
        };
        if (filters is not null)
        {
            ((Source)attach.Source).FilterSet = filters;
        }

        if (properties is not null)
        {
            attach.Properties = properties;
        }

        var link = new ReceivingLink(new Session(connection), NextName(entityPath), attach, entityPath, time);
        link.Ask(window);
        try
        {
            await link.WaitUntilAttachedAsync(cancellation).ConfigureAwait(false);
            return link;
        }
        catch (UnauthorizedAccessException)
        {
            authorization.Forget(entityPath);
            throw;
        }
    }

    /// <summary>Asks the entity's management node.</summary>
    public async ValueTask<Map> ManageAsync(string entityPath, string operation, Map body, string? linkName, CancellationToken cancellation)
    {
        await authorization.GrantAsync(entityPath, cancellation).ConfigureAwait(false);
        var node = management.GetOrAdd(entityPath, path => new RequestNode(connection, path + AmqpNames.ManagementSuffix));
        return await node.Link.AskAsync(operation, body, linkName, entityPath, cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await authorization.DisposeAsync().ConfigureAwait(false);
        try
        {
            connection.Close(TimeSpan.Zero);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // It broke first.
        }
    }

    private string NextName(string entityPath)
        => string.Create(CultureInfo.InvariantCulture, $"{entityPath}-{Interlocked.Increment(ref links)}");
}
