using Vivace.Api.Profiles;
using Vivace.Api.Settings;
using Vivace.Runtime.Profiles;

namespace Vivace.Api.Turns;

/// <summary>When a turn that has not ended goes to a worker.</summary>
internal sealed class HandOver(LiveProfiles profiles, TurnsSettings settings, TimeProvider time)
{
    private TimeSpan Longest => profiles.Current.All.Max(LongestOf);

    /// <summary>For a turn that waits for its first worker: its message is taken for lost.</summary>
    public DateTimeOffset UnlessBegun() => time.GetUtcNow() + TimeSpan.FromSeconds(settings.ResendSeconds);

    /// <summary>For a turn that runs: the process that runs it is taken for lost.</summary>
    public DateTimeOffset UnlessEnded(ResolvedProfile profile)
        => time.GetUtcNow() + LongestOf(profile) + TimeSpan.FromSeconds(settings.HandOverSeconds);

    /// <summary>The same where the profile is not known yet.</summary>
    public DateTimeOffset UnlessEnded() => time.GetUtcNow() + Longest + TimeSpan.FromSeconds(settings.HandOverSeconds);

    /// <summary>To the reply, and for what is evaluated one after another before the turn ends.</summary>
    private static TimeSpan LongestOf(ResolvedProfile profile)
    {
        var evaluators = profile.Options.PostEvaluators;
        var inline = evaluators.Deferred ? 0 : profile.PostEvaluators.Length * evaluators.DeadlineSeconds;
        return TimeSpan.FromSeconds(profile.Options.Generation.DeadlineSeconds + inline);
    }
}
