using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Processing;

/// <summary>The server's gates as one turn sees them, evaluated once when it is accepted.</summary>
public sealed record ProcessingGates
{
    /// <summary>Flag <c>fast-mode-contract</c>: <c>processing</c> is honoured at all.</summary>
    public required bool ContractOn { get; init; }

    /// <summary>Flag <c>fast-mode-runtime</c>: fast mode is served to the fast arm.</summary>
    public required bool RuntimeOn { get; init; }

    /// <summary>Where the rollout put the owner.</summary>
    public required RolloutArm Arm { get; init; }

    /// <summary>Whether the owner is of the internal cohort, which is left out of the comparison of the arms.</summary>
    public bool IsCohort { get; init; }

    /// <summary>Version of the flags that say so.</summary>
    public required string FlagVersion { get; init; }

    /// <summary>Takes one fast message from the owner's quota; asked only when everything else lets fast mode through.</summary>
    public required Func<bool> TakeFastQuota { get; init; }
}
