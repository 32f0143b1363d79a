using Vivace.Api.Streams;

namespace Vivace.Api.Turns;

/// <summary>
/// When the program is asked to stop, and before anything of it does: lets turns end for a while, hands over those that have
/// not, and sends readers to wherever the rest of their streams will come from.
/// </summary>
internal sealed class TurnDrain(LiveTurns live, StreamRelays relays, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await live.DrainAsync(Grace, time, cancellationToken);
        }
        finally
        {
            // The server waits for every open response.
            relays.SendAway();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
