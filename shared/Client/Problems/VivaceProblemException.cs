using Vivace.Contracts.Problems;
using Vivace.Contracts.Processing;

namespace Vivace.Client.Problems;

/// <summary>The server refused a call, or a turn ended without a reply, and said why (RFC 9457).</summary>
/// <param name="problem">What it said; where the body was no problem document, one of type <c>about:blank</c> made from the status.</param>
/// <param name="retryAfter">When to try again, from <c>Retry-After</c>; null when the server named no time.</param>
public sealed class VivaceProblemException(Problem problem, TimeSpan? retryAfter = null)
    : Exception(problem.Detail is { } detail ? $"{problem.Title} {detail}" : problem.Title)
{
    /// <summary>All that the server said.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>The HTTP status code, 400 to 599.</summary>
    public int Status => Problem.Status;

    /// <summary>The kind for programs, such as <c>invalid-body</c>: the last segment of the problem's type.</summary>
    public string Kind => Problem.Type[(Problem.Type.LastIndexOf('/') + 1)..];

    /// <summary>Every fault of the body, in document order; empty where it was not the body.</summary>
    public IReadOnlyList<BodyFault> Errors => Problem.Errors ?? [];

    /// <summary>The turn, where one had been accepted.</summary>
    public string? TurnId => Problem.TurnId;

    /// <summary>What was asked for and what was done, where a turn had been accepted.</summary>
    public ProcessingReport? Processing => Problem.Processing;

    /// <summary>When to try again; null when the server named no time.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
