namespace Vivace.Api.Turns;

/// <summary>When the program is asked to stop, lets turns end and write that down before broker and store are closed.</summary>
internal sealed class TurnDrain(LiveTurns live, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything is stopped: whoever waits for a turn, a processor among them, waits for this.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => live.DrainAsync(Grace, time, cancellationToken);

    /// <summary>Those that began meanwhile.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => live.DrainAsync(Grace, time, cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
