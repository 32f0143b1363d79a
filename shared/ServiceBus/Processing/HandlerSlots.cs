namespace Vivace.ServiceBus.Processing;

/// <summary>Counts what a processor does at once, and knows when nothing is left.</summary>
internal sealed class HandlerSlots(int most) : IDisposable
{
    private readonly SemaphoreSlim free = new(most, most);

    public Task EnterAsync(CancellationToken cancellation) => free.WaitAsync(cancellation);

    public void Leave() => free.Release();

    /// <summary>Complete when every slot has been left; none can be entered from then on.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < most; i++)
        {
            await free.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => free.Dispose();
}
