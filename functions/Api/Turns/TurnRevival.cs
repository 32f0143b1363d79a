using Vivace.Api.Profiles;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Profiles;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Makes of a stored turn what its acceptance resolved: nothing is decided anew, the flags of now least of all.</summary>
internal sealed class TurnRevival(LiveProfiles profiles, TimeProvider time)
{
    public TurnContext Resolve(TurnWork work)
    {
        var row = work.Turn;
        var now = time.GetTimestamp();
        var waited = time.GetUtcNow() - row.CreatedAt;
        var options = new RuntimeCallOptions
        {
            TurnId = row.TurnId,
            ConversationId = row.ConversationId,
            RoomId = row.RoomId,
            Owner = row.Owner,
            Number = row.Number,
            Attempt = row.Attempt,
            Text = work.Text,
            ChannelType = row.ChannelType,
            Streamed = row.Streamed,
            Muted = work.Muted,
            Rollout = row.Rollout,
            Processing = ToDecision(StoredReport.Read(row.Processing), profiles.At(row.CreatedAt)),
        };
        return TurnContext.Create(options, now - (long)(Math.Max(0, waited.TotalSeconds) * time.TimestampFrequency), now);
    }

    /// <summary>A profile that this instance does not know, or not of that mode, is served as default, and reported.</summary>
    /// <param name="then">The profiles when the turn was accepted; another instance may have had newer ones.</param>
    private ProcessingDecision ToDecision(ProcessingReport report, ProfileCatalog then)
    {
        var (name, mode) = (report.Effective.Profile, report.Effective.Mode);
        var found = then.Find(name) ?? profiles.Current.Find(name);
        var profile = found?.Options.Mode == mode ? found : null;
        return new ProcessingDecision(
            report.Requested, profile ?? then.ForMode(ProcessingMode.Default), report.DecidedBy, profile is null ? FallbackReason.UnknownProfile : report.Reason,
            report.Arm, report.FlagVersion, report.Cohort is true);
    }
}
