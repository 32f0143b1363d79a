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

    /// <summary>The text that was released to readers; empty where nobody reads along.</summary>
    public required string Released { get; init; }

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

    /// <summary>The same turn, had it been cancelled before its end: what was released stays, its evaluators do not run.</summary>
    public TurnOutcome AsCancelled() => this with
    {
        Status = TurnStatus.Cancelled,
        Text = Released,
        Responded = false,
        Blocked = false,
        Evaluations = [.. Evaluations.Select(e => e with { Status = EvaluationStatus.Skipped, Reason = "cancelled", Result = null, Facts = [] })],
    };
}
