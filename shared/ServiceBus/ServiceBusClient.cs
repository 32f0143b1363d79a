using Amqp.Types;
using Azure.Core;
using Vivace.ServiceBus.Connections;
using Vivace.ServiceBus.Receiving;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus;

/// <summary>
/// A Service Bus namespace. Connections are made when they are needed and made again when they break; one client serves a
/// whole program.
/// </summary>
public sealed class ServiceBusClient : IAsyncDisposable
{
    /// <summary>The part of a try's time for which the broker looks for a session, so that its answer comes in time.</summary>
    private const double WaitOfTry = 0.8;

    private readonly ServiceBusClientOptions options;
    private readonly Retrying retrying;

    /// <summary>Apart, so that what is received never waits behind what is sent.</summary>
    private readonly ServiceBusConnection sending;
    private readonly ServiceBusConnection receiving;

    /// <param name="connectionString">With key name and key; <c>UseDevelopmentEmulator=true</c>: without TLS.</param>
    /// <exception cref="FormatException">The connection string is unusable.</exception>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions? options = null)
        : this(Constant(ConnectionTarget.Parse(connectionString, options?.Time ?? TimeProvider.System)), options)
    {
    }

    /// <param name="connectionString">Asked before each connection is made, so that an address may change.</param>
    public ServiceBusClient(Func<CancellationToken, ValueTask<string>> connectionString, ServiceBusClientOptions? options = null)
        : this(
            async cancellation => ConnectionTarget.Parse(await connectionString(cancellation).ConfigureAwait(false), options?.Time ?? TimeProvider.System),
            options)
    {
    }

    /// <param name="fullyQualifiedNamespace">Such as <c>name.servicebus.windows.net</c>.</param>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions? options = null)
        : this(Constant(ConnectionTarget.OfNamespace(fullyQualifiedNamespace, new EntraTokens(credential))), options)
    {
    }

    internal ServiceBusClient(Func<CancellationToken, ValueTask<ConnectionTarget>> find, ServiceBusClientOptions? options)
    {
        this.options = options ?? new ServiceBusClientOptions();
        retrying = new Retrying(this.options.RetryOptions, this.options.Time);
        sending = new ServiceBusConnection(find, this.options);
        receiving = new ServiceBusConnection(find, this.options);
    }

    public ServiceBusSender CreateSender(string queueName) => new(Parts(queueName, sending));

    /// <summary>For a queue without sessions, or the dead letters of any.</summary>
    public ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions? receiverOptions = null)
    {
        var chosen = receiverOptions ?? new ServiceBusReceiverOptions();
        return new(Parts(chosen.SubQueue == SubQueue.DeadLetter ? queueName + AmqpNames.DeadLetterSuffix : queueName, receiving), chosen);
    }

    /// <summary>Locks a session, empty or not.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.SessionCannotBeLocked"/>: another receiver holds it.</exception>
    public Task<ServiceBusSessionReceiver> AcceptSessionAsync(
        string queueName, string sessionId, ServiceBusSessionReceiverOptions? sessionOptions = null, CancellationToken cancellationToken = default)
        => AcceptAsync(queueName, sessionId, null, sessionOptions, cancellationToken);

    /// <summary>Locks the next session that has messages and that nobody holds.</summary>
    /// <exception cref="ServiceBusException"><see cref="ServiceBusFailureReason.ServiceTimeout"/>: there was none in time.</exception>
    public Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(
        string queueName, ServiceBusSessionReceiverOptions? sessionOptions = null, CancellationToken cancellationToken = default)
        => AcceptAsync(queueName, null, options.RetryOptions.TryTimeout * WaitOfTry, sessionOptions, cancellationToken);

    /// <summary>Handles the messages of a queue without sessions.</summary>
    public ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions? processorOptions = null)
    {
        var chosen = processorOptions ?? new ServiceBusProcessorOptions();
        return new(CreateReceiver(queueName, new ServiceBusReceiverOptions { PrefetchCount = chosen.PrefetchCount }), chosen, options.Time);
    }

    /// <summary>Handles the messages of a queue with sessions, one at a time of each session.</summary>
    public ServiceBusSessionProcessor CreateSessionProcessor(string queueName, ServiceBusSessionProcessorOptions? processorOptions = null)
        => new(this, queueName, processorOptions ?? new ServiceBusSessionProcessorOptions(), options.Time);

    public async ValueTask DisposeAsync()
    {
        await sending.DisposeAsync().ConfigureAwait(false);
        await receiving.DisposeAsync().ConfigureAwait(false);
    }

    private static Func<CancellationToken, ValueTask<ConnectionTarget>> Constant(ConnectionTarget target) => _ => new(target);

    private async Task<ServiceBusSessionReceiver> AcceptAsync(
        string queueName, string? sessionId, TimeSpan? wait, ServiceBusSessionReceiverOptions? sessionOptions, CancellationToken cancellation)
    {
        var chosen = sessionOptions ?? new ServiceBusSessionReceiverOptions();
        var parts = Parts(queueName, receiving);
        Fields? properties = wait is { } time ? new Fields { [new Symbol(AmqpNames.TimeoutProperty)] = (uint)time.TotalMilliseconds } : null;

        // Waiting for the next session in vain is an answer, not a failure that may pass.
        var link = sessionId is null
            ? await retrying.OnceAsync(queueName, AttachAsync, cancellation).ConfigureAwait(false)
            : await retrying.RunAsync(queueName, AttachAsync, cancellation).ConfigureAwait(false);
        return new ServiceBusSessionReceiver(parts, link, chosen);

        async Task<ReceivingLink> AttachAsync(CancellationToken token)
        {
            var connection = await receiving.GetAsync(token).ConfigureAwait(false);
            var filters = new Map { [new Symbol(AmqpNames.SessionFilter)] = sessionId };
            return await connection.AttachReceiverAsync(queueName, chosen.ReceiveMode, chosen.PrefetchCount, filters, properties, token).ConfigureAwait(false);
        }
    }

    private EntityParts Parts(string entityPath, ServiceBusConnection connection) => new(entityPath, connection, retrying, options.Time, options.Observer);
}
