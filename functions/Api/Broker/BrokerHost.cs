using System.Net.Sockets;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;
using Vivace.ServiceBus.Broker;

namespace Vivace.Api.Broker;

/// <summary>
/// Runs the broker of the storage folder, or waits to take it over: the first process runs it, the others connect to it,
/// and when it ends one of them goes on from its journal.
/// </summary>
internal sealed partial class BrokerHost(
    BrokerFile file, OpenBrokerJournal openJournal, ServiceBusSettings settings, StreamsSettings streams, HostingMode mode, TimeProvider time, ILoggerFactory loggers, ILogger<BrokerHost> logger)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Between takeovers that fail.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private Task waiting = Task.CompletedTask;
    private IDisposable? right;
    private EmbeddedBroker? broker;
    private IBrokerJournal? journal;

    /// <summary>Where the broker is, whoever runs it; waits until one does.</summary>
    public async ValueTask<string> ConnectionStringAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (file.Read() is { } address)
            {
                return address.ConnectionString;
            }

            await Task.Delay(Interval, time, cancellation);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await TryRunAsync(settings.Embedded.Port, cancellationToken))
        {
            Log.Elsewhere(logger);
            waiting = TakeOverAsync(stopping.Token);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // It is stopped again when it is disposed, and the container does that twice: as itself and as a hosted service.
        if (!stopping.IsCancellationRequested)
        {
            await stopping.CancelAsync();
        }

        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (broker is not null)
        {
            await broker.DisposeAsync();
        }

        journal?.Dispose();
        right?.Dispose();
        (broker, journal, right) = (null, null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        stopping.Dispose();
    }

    private async Task TakeOverAsync(CancellationToken cancellation)
    {
        var pause = Interval;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                // Clients look for the broker where the one before it was.
                if (await TryRunAsync(file.Read()?.Port ?? settings.Embedded.Port, cancellation))
                {
                    return;
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                Log.NotTakenOver(logger, e);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs the broker if nobody does.</summary>
    private async Task<bool> TryRunAsync(int port, CancellationToken cancellation)
    {
        if (file.TryLock() is not { } taken)
        {
            return false;
        }

        try
        {
            await RunAsync(port, cancellation);
            right = taken;
            return true;
        }
        catch
        {
            if (broker is not null)
            {
                await broker.DisposeAsync();
            }

            journal?.Dispose();
            (broker, journal) = (null, null);
            taken.Dispose();
            throw;
        }
    }

    private async Task RunAsync(int port, CancellationToken cancellation)
    {
        var before = file.Read();
        var options = new EmbeddedBrokerOptions
        {
            Port = port > 0 ? port : before?.Port ?? 0,
            KeyName = BrokerAddress.KeyName,
            Key = before?.Key ?? BrokerFile.NewKey(),
            Queues = BrokerQueues.Of(settings.Embedded, streams),
        };
        journal = DatabaseFault.Tell(file.Journal, () => openJournal());
        try
        {
            broker = await DatabaseFault.TellAsync(file.Journal, () => EmbeddedBroker.StartAsync(options, journal, time, loggers, cancellation));
        }
        catch (SocketException e)
        {
            throw new StartupException("The embedded Service Bus cannot listen:", [$"ServiceBus:Embedded:Port {options.Port}: {e.Message}."]);
        }

        file.Write(new BrokerAddress(broker.Port, options.Key));
        Log.Runs(logger, mode.IsFunctionsHost ? $"the key in {file.FullName}" : broker.ConnectionString);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Service Bus is embedded; any client connects with {ConnectionString}")]
        public static partial void Runs(ILogger logger, string connectionString);

        [LoggerMessage(LogLevel.Information, "Another process runs the Service Bus of this folder; this one connects to it and takes it over when it ends")]
        public static partial void Elsewhere(ILogger logger);

        [LoggerMessage(LogLevel.Error, "The Service Bus of this folder could not be taken over; it is tried again")]
        public static partial void NotTakenOver(ILogger logger, Exception fault);
    }
}
