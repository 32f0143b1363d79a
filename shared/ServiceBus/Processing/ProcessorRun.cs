namespace Vivace.ServiceBus.Processing;

/// <summary>One run of a processor, from its start until no handler is left.</summary>
internal sealed class ProcessorRun : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task pump = Task.CompletedTask;
    private Task? stopped;

    public ProcessorRun(int slots)
    {
        Slots = new HandlerSlots(slots);
        Stopping = stopping.Token;
    }

    public HandlerSlots Slots { get; }

    /// <summary>Cancelled when the run is to end.</summary>
    public CancellationToken Stopping { get; }

    public bool IsStopping => Stopping.IsCancellationRequested;

    /// <summary>Begins to fill the slots.</summary>
    public void Begin(Func<ProcessorRun, Task> work) => pump = Task.Run(() => work(this), CancellationToken.None);

    /// <summary>Cancels the handlers' tokens; complete when they have returned, however often it is called.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            return stopped ??= EndAsync();
        }
    }

    /// <summary>Done by the end of the run.</summary>
    public void Dispose()
    {
        Slots.Dispose();
        stopping.Dispose();
    }

    private async Task EndAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await pump.ConfigureAwait(false);
        await Slots.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        Dispose();
    }
}
