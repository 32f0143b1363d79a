using Vivace.Contracts.Capabilities;
using Vivace.Runtime.Profiles;

namespace Vivace.Api.Profiles;

/// <summary>Says in the log what the profiles come down to, at start and whenever that changes.</summary>
internal sealed partial class ProfileReport(ILogger<ProfileReport> logger)
{
    public void Effective(IEnumerable<ResolvedProfile> profiles)
    {
        foreach (var profile in profiles.Select(p => p.Describe()))
        {
            Say(profile);
        }
    }

    /// <summary>A released name is not edited, a new one is made; who does it all the same is told.</summary>
    public void Overridden(IReadOnlyList<ProfileSource> sources)
    {
        var released = sources.Where(s => s.IsReleased).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var source in sources.Where(s => !s.IsReleased && released.Contains(s.Name)))
        {
            Log.Overridden(logger, source.Name);
        }
    }

    public void Changed(ProfileCatalog before, ProfileCatalog now)
    {
        foreach (var profile in now.All)
        {
            var former = before.Find(profile.Options.Profile);
            if (former is not null && former.Hash != profile.Hash)
            {
                Log.Edited(logger, profile.Options.Profile, former.Hash, profile.Hash);
            }
        }

        Effective(now.All.Where(p => before.Find(p.Options.Profile)?.Hash != p.Hash));
        foreach (var gone in before.All.Where(p => now.Find(p.Options.Profile) is null))
        {
            Log.Gone(logger, gone.Options.Profile);
        }
    }

    /// <summary>All errors of a set, in one entry.</summary>
    public void Refused(IReadOnlyList<string> errors) => Log.Refused(logger, string.Join("\n  - ", errors));

    private void Say(ProfileDescription profile) => Log.Effective(
        logger, profile.Name, profile.Hash, profile.Model, string.Join(' ', profile.Providers), string.Join(' ', profile.Actions),
        string.Join(' ', profile.PreEvaluators), string.Join(' ', profile.InlineEvaluators), string.Join(' ', profile.DeferredEvaluators));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Profile {Profile} ({Hash}): model {Model}; providers {Providers}; actions {Actions}; before: {Pre}; inline: {Inline}; deferred: {Deferred}")]
        public static partial void Effective(
            ILogger logger, string profile, string hash, string model, string providers, string actions, string pre, string inline, string deferred);

        [LoggerMessage(LogLevel.Warning, "Released profile {Profile} is overridden; a new name would tell its turns apart")]
        public static partial void Overridden(ILogger logger, string profile);

        [LoggerMessage(LogLevel.Warning, "Profile {Profile} was edited, from {Before} to {Now}; a new name would tell its turns apart")]
        public static partial void Edited(ILogger logger, string profile, string before, string now);

        [LoggerMessage(LogLevel.Information, "Profile {Profile} is no longer there")]
        public static partial void Gone(ILogger logger, string profile);

        [LoggerMessage(LogLevel.Error, "The configured profiles cannot be used; those in force stay:\n  - {Errors}")]
        public static partial void Refused(ILogger logger, string errors);
    }
}
