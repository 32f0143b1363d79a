namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>The message ids of the last while. The window is constant, so they expire in the order in which they came.</summary>
internal sealed class DuplicateIds
{
    private readonly Dictionary<string, DateTimeOffset> until = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset Until)> line = new();

    public DuplicateIds() => Due = new(this, DueKind.DuplicateIds);

    public DueEntry Due { get; }

    public DateTimeOffset? Earliest => line.TryPeek(out var first) ? first.Until : null;

    public bool Contains(string id, DateTimeOffset now) => until.TryGetValue(id, out var kept) && kept > now;

    public void Keep(string id, DateTimeOffset keep)
    {
        until[id] = keep;
        line.Enqueue((id, keep));
    }

    /// <summary>For a message that was not stored in the end.</summary>
    public void Forget(string id) => until.Remove(id);

    public void ForgetUntil(DateTimeOffset now)
    {
        while (line.TryPeek(out var first) && first.Until <= now)
        {
            line.Dequeue();
            if (until.TryGetValue(first.Id, out var kept) && kept <= now)
            {
                until.Remove(first.Id);
            }
        }
    }
}
