using Vivace.Contracts.Processing;
using Vivace.Runtime.Profiles;

namespace Vivace.Runtime.Processing;

/// <summary>
/// Decides how a message is processed: what it asks for (message, then conversation, then application), then the gates in
/// the order contract flag, runtime flag, rollout arm, profile, quota. Pure but for the quota; the published truth table
/// is <c>docs/processing-truth-table.md</c>.
/// </summary>
public static class ProcessingResolver
{
    /// <summary>How a message is served: as asked for, or default mode with the first gate that did not let it through.</summary>
    /// <param name="message">What it asks for; null: nothing.</param>
    /// <param name="conversation">The conversation's default mode; null: it has none.</param>
    /// <param name="application">The application's default mode.</param>
    /// <param name="gates">A fast message is taken from the quota only when every other gate lets it through.</param>
    /// <param name="profiles">Those that may serve it; one that the message names serves it only in the mode that it declares.</param>
    public static ProcessingDecision Resolve(
        ProcessingRequest? message, ProcessingMode? conversation, ProcessingMode application, ProcessingGates gates, ProfileCatalog profiles)
    {
        var named = message?.Profile is { } name ? profiles.Find(name) : null;
        var (mode, source) = Ask(message, named, conversation, application);
        var requested = new RequestedProcessing(mode, message?.Profile, message?.Reason);

        ProcessingDecision Serve(ResolvedProfile profile, DecidedBy by, FallbackReason? reason = null)
            => new(requested, profile, by, reason, gates.Arm, gates.FlagVersion, gates.IsCohort);
        ProcessingDecision Fallback(DecidedBy by, FallbackReason reason) => Serve(profiles.ForMode(ProcessingMode.Default), by, reason);

        var fast = mode == ProcessingMode.Fast;
        if (!gates.ContractOn && (fast || message is { IsInherited: false }))
        {
            return Fallback(DecidedBy.ContractFlag, FallbackReason.ContractFlagOff);
        }

        if (fast && !gates.RuntimeOn)
        {
            return Fallback(DecidedBy.RuntimeFlag, FallbackReason.RuntimeFlagOff);
        }

        if (fast && gates.Arm != RolloutArm.Fast)
        {
            return Fallback(DecidedBy.RolloutArm, gates.Arm == RolloutArm.Control ? FallbackReason.ControlArm : FallbackReason.NotInRollout);
        }

        if (message?.Profile is not null && named is null)
        {
            return Fallback(DecidedBy.Profile, FallbackReason.UnknownProfile);
        }

        if (named is not null && named.Options.Mode != mode)
        {
            return Fallback(DecidedBy.Profile, FallbackReason.ProfileModeMismatch);
        }

        if (fast && !gates.TakeFastQuota())
        {
            return Fallback(DecidedBy.Quota, FallbackReason.QuotaExceeded);
        }

        return Serve(named ?? profiles.ForMode(mode), source);
    }

    private static (ProcessingMode Mode, DecidedBy Source) Ask(
        ProcessingRequest? message, ResolvedProfile? named, ProcessingMode? conversation, ProcessingMode application)
    {
        if ((message?.Mode ?? named?.Options.Mode) is { } own)
        {
            return (own, DecidedBy.Message);
        }

        return conversation is { } inherited ? (inherited, DecidedBy.Conversation) : (application, DecidedBy.Application);
    }
}
