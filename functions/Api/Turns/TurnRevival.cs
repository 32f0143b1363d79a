using Vivace.Contracts.Processing;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Profiles;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>Makes of a stored turn what its acceptance resolved: nothing is decided anew, the flags of now least of all.</summary>
internal sealed class TurnRevival(ProfileCatalog profiles, TimeProvider time)
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
            Processing = ToDecision(StoredReport.Read(row.Processing)),
        };
        return TurnContext.Create(options, now - (long)(Math.Max(0, waited.TotalSeconds) * time.TimestampFrequency), now);
    }

    /// <summary>A profile that this instance does not know is served as default, and reported.</summary>
    private ProcessingDecision ToDecision(ProcessingReport report)
    {
        var profile = profiles.Find(report.Effective.Profile);
        return new ProcessingDecision(
            report.Requested, profile ?? profiles.ForMode(ProcessingMode.Default), report.DecidedBy, profile is null ? FallbackReason.UnknownProfile : report.Reason,
            report.Arm, report.FlagVersion);
    }
}
