using Vivace.Api.Profiles;
using Vivace.Api.Settings;
using Vivace.Runtime.Profiles;

namespace Vivace.Api.Turns;

/// <summary>When a turn that has not ended goes to a worker.</summary>
internal sealed class HandOver(LiveProfiles profiles, TurnsSettings settings, TimeProvider time)
{
    private TimeSpan Longest => TimeSpan.FromSeconds(profiles.Current.All.Max(p => p.Options.Generation.DeadlineSeconds));

    /// <summary>For a turn that waits for its first worker: its message is taken for lost.</summary>
    public DateTimeOffset UnlessBegun() => time.GetUtcNow() + TimeSpan.FromSeconds(settings.ResendSeconds);

    /// <summary>For a turn that runs: the process that runs it is taken for lost.</summary>
    public DateTimeOffset UnlessEnded(ResolvedProfile profile)
        => time.GetUtcNow() + TimeSpan.FromSeconds(profile.Options.Generation.DeadlineSeconds + settings.HandOverSeconds);

    /// <summary>The same where the profile is not known yet.</summary>
    public DateTimeOffset UnlessEnded() => time.GetUtcNow() + Longest + TimeSpan.FromSeconds(settings.HandOverSeconds);
}
