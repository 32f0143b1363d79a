using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Models;

/// <summary>The model calls of one turn, appended by the routing client; providers may call concurrently.</summary>
public sealed class ModelCallLog
{
    private readonly Lock gate = new();
    private readonly List<ModelUse> calls = [];

    /// <summary>The calls so far, in the order in which they were made; of one that has not answered nobody knows yet what served it.</summary>
    public IReadOnlyList<ModelUse> Snapshot()
    {
        lock (gate)
        {
            return [.. calls];
        }
    }

    /// <summary>Notes a call that is made now.</summary>
    /// <returns>Its place, for <see cref="Answered"/>.</returns>
    internal int Begin(ModelUse call)
    {
        lock (gate)
        {
            calls.Add(call);
            return calls.Count - 1;
        }
    }

    internal void Answered(int place, string? served, string? tier)
    {
        lock (gate)
        {
            calls[place] = calls[place] with { Served = served, ServiceTier = tier };
        }
    }
}
