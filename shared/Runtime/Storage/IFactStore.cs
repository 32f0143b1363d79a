namespace Vivace.Runtime.Storage;

/// <summary>What the agent remembers, by owner and room.</summary>
public interface IFactStore
{
    /// <summary>
    /// Remembers a fact; one that is known already stays as it is, and none is kept of a conversation that is gone.
    /// </summary>
    ValueTask AddAsync(FactRow fact, string conversationId, CancellationToken cancellationToken);

    /// <summary>The newest facts, oldest first.</summary>
    ValueTask<IReadOnlyList<FactRow>> ListAsync(string owner, string roomId, int limit, CancellationToken cancellationToken);
}
