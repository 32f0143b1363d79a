namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>Something that becomes due once; in at most one place of a <see cref="DueHeap"/>.</summary>
internal sealed class DueEntry(object owner, DueKind kind)
{
    public object Owner => owner;

    public DueKind Kind => kind;

    public DateTimeOffset At { get; set; }

    /// <summary>Its place in the heap; -1 when it is in none.</summary>
    public int Index { get; set; } = -1;
}
