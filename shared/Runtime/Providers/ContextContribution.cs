using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Providers;

/// <summary>What a provider adds to the prompt.</summary>
/// <param name="Section">A paragraph of the instructions; null for none.</param>
/// <param name="History">Earlier messages, oldest first; null for none.</param>
public sealed record ContextContribution(string? Section, IReadOnlyList<ChatMessage>? History = null)
{
    /// <summary>Nothing.</summary>
    public static ContextContribution None { get; } = new((string?)null);
}
