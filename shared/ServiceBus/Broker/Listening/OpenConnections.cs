using System.Collections.Concurrent;
using Amqp;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>The connections that are open, so that a broker that stops leaves none behind.</summary>
internal sealed class OpenConnections(TimeProvider time)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Connection, (ITransport Transport, TaskCompletionSource Ended)> open = new();

    public void Add(Connection connection, ITransport transport)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open[connection] = (transport, ended);
        connection.AddClosedCallback((_, _) =>
        {
            ended.TrySetResult();
            open.TryRemove(connection, out var _);
        });
    }

    /// <summary>Waits until all have ended that were told to; cuts those that do not answer.</summary>
    public async Task EndAsync()
    {
        try
        {
            await Task.WhenAll(open.Values.Select(c => c.Ended.Task)).WaitAsync(Grace, time);
        }
        catch (TimeoutException)
        {
            // Whoever does not answer finds its connection broken.
        }

        foreach (var (transport, _) in open.Values)
        {
            transport.Close();
        }
    }
}
