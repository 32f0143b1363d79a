using Vivace.Contracts.Problems;

namespace Vivace.Api.Turns;

/// <summary>What became of an incoming message: exactly one of turn, duplicate and problem.</summary>
/// <param name="Turn">The accepted turn, not yet running.</param>
/// <param name="DuplicateOf">The turn that the same message made before.</param>
/// <param name="Problem">Why nothing was accepted.</param>
/// <param name="RetryAfter">How long to wait, where waiting helps.</param>
internal readonly record struct Acceptance(AcceptedTurn? Turn, string? DuplicateOf, Problem? Problem, TimeSpan? RetryAfter)
{
    public static Acceptance Of(AcceptedTurn turn) => new(turn, null, null, null);

    public static Acceptance Duplicate(string turnId) => new(null, turnId, null, null);

    public static Acceptance Refused(Problem problem, TimeSpan? retryAfter = null) => new(null, null, problem, retryAfter);
}
