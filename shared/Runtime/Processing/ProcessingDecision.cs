using Vivace.Contracts.Processing;
using Vivace.Runtime.Profiles;

namespace Vivace.Runtime.Processing;

/// <summary>How one message is processed, and why. Made once, when the message is accepted.</summary>
public sealed record ProcessingDecision(
    RequestedProcessing Requested,
    ResolvedProfile Profile,
    DecidedBy DecidedBy,
    FallbackReason? Reason,
    RolloutArm Arm,
    string FlagVersion,
    bool IsCohort = false)
{
    /// <summary>The decision as clients see it, before the turn has run.</summary>
    public ProcessingReport ToReport(string path = "local") => new()
    {
        Requested = Requested,
        Effective = new EffectiveProcessing(Profile.Options.Mode, Profile.Options.Profile),
        DecidedBy = DecidedBy,
        Reason = Reason,
        Arm = Arm,
        Cohort = IsCohort ? true : null,
        FlagVersion = FlagVersion,
        Path = path,
    };
}
