namespace Vivace.ServiceBus.Tests.Faults.Recording;

/// <summary>What happened, in the order in which it was recorded; only ever added to, by any thread.</summary>
internal sealed class History(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<HistoryEvent> events = [];
    private readonly DateTimeOffset began = time.GetUtcNow();
    private int acknowledged;

    /// <summary>Messages acknowledged so far; faults are planted by this count.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    public IReadOnlyList<HistoryEvent> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    /// <summary>A time of the clock as a time of this history.</summary>
    public TimeSpan Of(DateTimeOffset moment) => moment - began;

    public void Add(HistoryEvent happened)
    {
        lock (gate)
        {
            events.Add(happened with { Number = events.Count + 1, At = Of(time.GetUtcNow()) });
            acknowledged += happened is HistoryEvent.SendAcknowledged ? 1 : 0;
        }
    }
}
