namespace Vivace.Contracts.Evaluations;

/// <summary>Reply of <c>GET /api/evaluations/dead-letters</c>, oldest turn first.</summary>
/// <param name="Next">Pass as <c>after</c> for the next page; absent on the last.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> DeadLetters, string? Next = null);
