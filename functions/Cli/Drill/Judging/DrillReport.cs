using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Drill.Judging;

/// <summary>How a drill went. Times in milliseconds, by the clock of the machine that ran it.</summary>
internal sealed record DrillReport
{
    /// <summary>Whether the rollback came in time, everywhere.</summary>
    public required bool Ok { get; init; }

    public required DrillFault Fault { get; init; }

    public required RollbackKind Rollback { get; init; }

    /// <summary>Units that were spent.</summary>
    public required int Units { get; init; }

    /// <summary>Of those, admitted to fast mode.</summary>
    public required int Fast { get; init; }

    /// <summary>Of those, with the fault.</summary>
    public required int Bad { get; init; }

    /// <summary>Units of which the server did not say how they were processed: refused, or the connection was lost.</summary>
    public required int NotMeasured { get; init; }

    /// <summary>Bad units that decide.</summary>
    public required int Decisive { get; init; }

    /// <summary>Units until the deciding bad one had ended; null: it never came.</summary>
    public int? UnitsUntilDecisive { get; init; }

    /// <summary>The gate that rolled back.</summary>
    public string? Gate { get; init; }

    /// <summary>From the deciding unit's end until an endpoint showed the rollback.</summary>
    public double? DetectMs { get; init; }

    /// <summary>From there until an endpoint showed the flags switched.</summary>
    public double? WriteMs { get; init; }

    /// <summary>From there until the last endpoint answered a request for fast with default by the flag.</summary>
    public double? PropagateMs { get; init; }

    /// <summary>From the deciding unit's end until the last turn was sent, to any endpoint, that was admitted to fast mode; 0: none later.</summary>
    public double? LastFastMs { get; init; }

    /// <summary>The limit of that.</summary>
    public required double WithinMs { get; init; }

    public required IReadOnlyList<DrillEndpointReport> Endpoints { get; init; }

    /// <summary>Why it is not ok.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}
