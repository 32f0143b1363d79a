using Vivace.Api.Broker;
using Vivace.Api.Bus;
using Vivace.Api.Settings;
using Vivace.ServiceBus;

namespace Vivace.Crash.Tests;

/// <summary>
/// Another client of the broker, which takes a room's next turn before the application does and has it dead-lettered, as the
/// broker itself would after many deliveries. Where a kill comes between, the application runs the turn after all.
/// </summary>
internal sealed class GivenUpTurn : IAsyncDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly ServiceBusClient client;
    private readonly string session;
    private ServiceBusSessionReceiver? receiver;

    public GivenUpTurn(string folder, string owner, string room)
    {
        var file = new BrokerFile(new StorageSettings { Path = folder });
        session = Queues.SessionOf(owner, room);
        client = new ServiceBusClient(
            _ => new(file.Read()?.ConnectionString ?? throw new InvalidOperationException("No broker has been run here.")),
            new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = Wait } });
    }

    /// <summary>From here on the application does not get the room's turns.</summary>
    public async Task TakeRoomAsync() => await TryAsync(async () => receiver = await client.AcceptSessionAsync(Queues.Turns, session));

    /// <summary>Complete when the next turn has been given up, or cannot be any more.</summary>
    public async Task GiveUpAsync() => await TryAsync(async () =>
    {
        if (receiver is not null && await receiver.ReceiveMessageAsync(Wait) is { } turn)
        {
            await receiver.DeadLetterMessageAsync(turn, "given up");
        }

        await LeaveAsync();
    });

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await client.DisposeAsync();
    }

    private async Task LeaveAsync()
    {
        if (receiver is not null)
        {
            await receiver.DisposeAsync();
        }
    }

    /// <summary>The broker goes when its process is killed, and with it the session.</summary>
    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (ServiceBusException)
        {
            receiver = null;
        }
    }
}
