using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe.Judging;

/// <summary>
/// How a message had to be processed, by the published rules: what it asks for, then its conversation's default, then the
/// application's; then contract flag, runtime flag, arm, profile and quota.
/// </summary>
internal sealed record ExpectedProcessing(ProcessingMode Requested, ProcessingMode Effective, DecidedBy DecidedBy, FallbackReason? Reason)
{
    /// <param name="arm">The arm that the reply names.</param>
    public static ExpectedProcessing Of(ProbeTurn turn, ProcessingMode? conversation, CapabilitiesReply server, ServerGates gates, RolloutArm arm)
    {
        var named = server.Profiles.FirstOrDefault(p => p.Name == turn.Profile);
        var own = turn.Mode ?? named?.Mode;
        var requested = own ?? conversation ?? server.DefaultMode;
        ExpectedProcessing Fallback(DecidedBy by, FallbackReason reason) => new(requested, ProcessingMode.Default, by, reason);

        return requested == ProcessingMode.Fast || turn.Mode is not null || turn.Profile is not null
            ? Gated(turn, named, requested, gates, arm) is var (by, reason) ? Fallback(by, reason) : Served(requested, own, conversation)
            : Served(requested, own, conversation);
    }

    public override string ToString() => Describe(Requested, Effective, DecidedBy, Reason);

    public static string Describe(ProcessingReport report) => Describe(report.Requested.Mode, report.Effective.Mode, report.DecidedBy, report.Reason);

    private static ExpectedProcessing Served(ProcessingMode requested, ProcessingMode? own, ProcessingMode? conversation)
        => new(requested, requested, own is not null ? DecidedBy.Message : conversation is not null ? DecidedBy.Conversation : DecidedBy.Application, null);

    private static (DecidedBy By, FallbackReason Reason)? Gated(
        ProbeTurn turn, ProfileDescription? named, ProcessingMode requested, ServerGates gates, RolloutArm arm)
    {
        var fast = requested == ProcessingMode.Fast;
        return 0 switch
        {
            _ when !gates.ContractOn => (DecidedBy.ContractFlag, FallbackReason.ContractFlagOff),
            _ when fast && !gates.RuntimeOn => (DecidedBy.RuntimeFlag, FallbackReason.RuntimeFlagOff),
            _ when fast && arm == RolloutArm.Control => (DecidedBy.RolloutArm, FallbackReason.ControlArm),
            _ when fast && arm == RolloutArm.None => (DecidedBy.RolloutArm, FallbackReason.NotInRollout),
            _ when turn.Profile is not null && named is null => (DecidedBy.Profile, FallbackReason.UnknownProfile),
            _ when named is not null && named.Mode != requested => (DecidedBy.Profile, FallbackReason.ProfileModeMismatch),
            _ => null,
        };
    }

    private static string Describe(ProcessingMode requested, ProcessingMode effective, DecidedBy by, FallbackReason? reason)
        => $"requested {Output.ProcessingText.Wire(requested)}, effective {Output.ProcessingText.Wire(effective)}, decided by {Output.ProcessingText.Wire(by)}"
            + (reason is { } why ? $" ({Output.ProcessingText.Wire(why)})" : "");
}
