namespace Vivace.Api.Turns;

/// <summary>When the program is asked to stop, lets turns end and write that down before the store is closed.</summary>
internal sealed class TurnDrain(LiveTurns live, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => live.DrainAsync(Grace, time, cancellationToken);
}
