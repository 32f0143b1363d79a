using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluations;

namespace Vivace.Runtime.Turns;

/// <summary>How a turn ended: an expected outcome is a value, never an exception.</summary>
public sealed record TurnOutcome
{
    public required TurnStatus Status { get; init; }

    /// <summary>The text shown; where an evaluator blocked the turn, its replacement.</summary>
    public required string Text { get; init; }

    public bool Responded { get; init; }

    public bool Blocked { get; init; }

    public TurnFailure Failure { get; init; }

    /// <summary>The message as evaluators saw it, when one rewrote it.</summary>
    public string? RewrittenText { get; init; }

    public required IReadOnlyList<ModelUse> Models { get; init; }

    public required TurnTimings Timings { get; init; }

    public required TurnUsage Used { get; init; }

    /// <summary>Evaluators of the reply that are not critical: what each found, or that it is still to run.</summary>
    public IReadOnlyList<EvaluationRecord> Evaluations { get; init; } = [];
}
