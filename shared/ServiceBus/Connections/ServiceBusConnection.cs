using Amqp;
using Amqp.Sasl;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Connections;

/// <summary>One connection to a namespace, opened when it is needed and opened again when it broke.</summary>
internal sealed class ServiceBusConnection(Func<CancellationToken, ValueTask<ConnectionTarget>> find, ServiceBusClientOptions options) : IAsyncDisposable
{
    /// <summary>The most sessions of AMQP; each receiving link has one of its own.</summary>
    private const ushort MaxSessions = 16_384;

    private const int MaxFrameSize = 256 * 1024;
    private const int IdleTimeout = 120_000;

    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(15);

    private readonly ILogger logger = options.LoggerFactory.CreateLogger<ServiceBusConnection>();
    private readonly SemaphoreSlim opening = new(1, 1);
    private OpenConnection? current;
    private bool disposed;

    public async ValueTask<OpenConnection> GetAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref current) is { IsOpen: true } open)
        {
            return open;
        }

        await opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (current is not { IsOpen: true })
            {
                await CloseAsync().ConfigureAwait(false);
                Volatile.Write(ref current, await OpenAsync(cancellation).ConfigureAwait(false));
            }

            return current!;
        }
        finally
        {
            opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await opening.WaitAsync().ConfigureAwait(false);
        try
        {
            disposed = true;
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            opening.Release();
        }
    }

    private async ValueTask CloseAsync()
    {
        if (Interlocked.Exchange(ref current, null) is { } before)
        {
            await before.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<OpenConnection> OpenAsync(CancellationToken cancellation)
    {
        AmqpInternals.Verify();
        using var limit = new CancellationTokenSource(OpenLimit, options.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var target = await find(linked.Token).ConfigureAwait(false);
            var factory = new ConnectionFactory();
            factory.AMQP.MaxSessionsPerConnection = MaxSessions;
            factory.AMQP.MaxFrameSize = MaxFrameSize;
            factory.AMQP.IdleTimeout = IdleTimeout;
            factory.AMQP.HostName = target.Host;
            factory.SASL.Profile = SaslProfile.Anonymous;
            factory.SSL.RemoteCertificateValidationCallback = options.CertificateValidationCallback;
            var address = new Address(target.Host, target.Port, scheme: target.UseTls ? "AMQPS" : "AMQP");
            var connection = await factory.CreateAsync(address, linked.Token, new SettlementHandler()).WaitAsync(linked.Token).ConfigureAwait(false);
            return new OpenConnection(connection, target, options.Time, logger);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ServiceBusException("Service Bus did not open a connection in time.", ServiceBusFailureReason.ServiceTimeout, inner: e);
        }
    }
}
