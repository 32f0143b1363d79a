using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Problems;

/// <summary>An error as RFC 9457 problem details, media type <c>application/problem+json</c>.</summary>
public sealed record Problem
{
    /// <summary>A URI reference that names the kind of problem, for example <c>/problems/invalid-body</c>.</summary>
    public required string Type { get; init; }

    /// <summary>A short sentence for people, the same for every problem of the kind.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong in this case.</summary>
    public string? Detail { get; init; }

    /// <summary>Every fault of the body, in document order.</summary>
    public IReadOnlyList<BodyFault>? Errors { get; init; }

    /// <summary>The turn, when one had been accepted.</summary>
    public string? TurnId { get; init; }

    /// <summary>What was asked for and what was done, when a turn had been accepted.</summary>
    public ProcessingReport? Processing { get; init; }
}
