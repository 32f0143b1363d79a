using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Models;

/// <summary>The model calls of one turn, appended by the routing client; providers may call concurrently.</summary>
public sealed class ModelCallLog
{
    private readonly Lock gate = new();
    private readonly List<ModelUse> calls = [];

    /// <summary>The calls so far, in order of completion.</summary>
    public IReadOnlyList<ModelUse> Snapshot()
    {
        lock (gate)
        {
            return [.. calls];
        }
    }

    internal void Add(ModelUse call)
    {
        lock (gate)
        {
            calls.Add(call);
        }
    }
}
