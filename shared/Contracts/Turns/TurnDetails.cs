using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Turns;

/// <summary>Reply of <c>GET /api/turns/{turnId}</c>: what a turn asked for, did and used.</summary>
public sealed record TurnDetails
{
    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Its room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Position in the conversation, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Where it stands.</summary>
    public required TurnStatus Status { get; init; }

    /// <summary>The text shown; absent while running.</summary>
    public string? Text { get; init; }

    /// <summary>False when the agent chose not to respond.</summary>
    public bool Responded { get; init; }

    /// <summary>True when an evaluator blocked it.</summary>
    public bool Blocked { get; init; }

    /// <summary>Why it failed; absent otherwise.</summary>
    public string? Failure { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; absent while running.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What was asked for and what was done.</summary>
    public required ProcessingReport Processing { get; init; }

    /// <summary>Capabilities that the turn used; absent while running.</summary>
    public TurnUsage? Used { get; init; }

    /// <summary>Evaluators after the reply, deferred ones included, with where each stands.</summary>
    public IReadOnlyList<EvaluationDetails> Evaluations { get; init; } = [];
}
