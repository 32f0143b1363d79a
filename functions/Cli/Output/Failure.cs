using Vivace.Contracts.Problems;

namespace Vivace.Cli.Output;

/// <summary>Why a command failed.</summary>
/// <param name="Kind">A problem's kind, or <c>unreachable</c>, <c>protocol</c>, <c>usage</c>, <c>file</c>, <c>interrupted</c>.</param>
/// <param name="Message">A sentence for people.</param>
internal sealed record Failure(string Kind, string Message)
{
    public int? Status { get; init; }

    public IReadOnlyList<BodyFault>? Errors { get; init; }

    public string? TurnId { get; init; }

    public double? RetryAfterSeconds { get; init; }
}
