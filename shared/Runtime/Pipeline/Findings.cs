namespace Vivace.Runtime.Pipeline;

/// <summary>What the stages of a turn find, in order. A stage that was left behind adds nothing once it is closed.</summary>
internal sealed class Findings<T>
{
    private readonly Lock gate = new();
    private readonly List<T> found = [];
    private bool closed;

    public void Add(T finding)
    {
        lock (gate)
        {
            if (!closed)
            {
                found.Add(finding);
            }
        }
    }

    /// <summary>All that was found; nothing is added any more.</summary>
    public IReadOnlyList<T> Close()
    {
        lock (gate)
        {
            closed = true;
            return found;
        }
    }
}
