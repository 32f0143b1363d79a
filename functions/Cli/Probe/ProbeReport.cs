using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe;

/// <summary>What a probe found.</summary>
internal sealed record ProbeReport
{
    /// <summary>True when everything was measured and everything held.</summary>
    public required bool Ok { get; init; }

    public required string Endpoint { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationMs { get; init; }

    public required int Conversations { get; init; }

    /// <summary>Turns that were accepted.</summary>
    public required int Turns { get; init; }

    /// <summary>Every version that decided a turn; more than one: flags changed meanwhile.</summary>
    public required IReadOnlyList<string> FlagVersions { get; init; }

    /// <summary>Every arm in which turns were.</summary>
    public required IReadOnlyList<RolloutArm> Arms { get; init; }

    public required IReadOnlyList<ProbeProfile> Profiles { get; init; }

    public required IReadOnlyList<ProbeCheck> Checks { get; init; }

    public required IReadOnlyList<ProbeMismatch> Mismatches { get; init; }

    public required IReadOnlyList<ProbeError> Errors { get; init; }
}
