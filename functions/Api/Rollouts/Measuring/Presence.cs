using Vivace.Api.Profiles;
using Vivace.Api.Turns;
using Vivace.Rollouts.Storage;
using Vivace.Runtime.Profiles;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>Who is there, and by which profiles: a rollout starts only where all are alike.</summary>
internal sealed class Presence(IRolloutStore store, LiveProfiles profiles, InstanceId instance, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>After three that were missed a process counts as gone.</summary>
    private static readonly TimeSpan Lifetime = 3 * Interval;

    private ProfileCatalog? said;
    private long saidAt;

    /// <summary>The hash of each profile in effect here, by its name.</summary>
    public IReadOnlyDictionary<string, string> ProfileHashes => HashesOf(profiles.Current);

    /// <summary>Says so when it is time, or when the profiles have changed.</summary>
    public async Task BeatAsync(CancellationToken cancellation)
    {
        var current = profiles.Current;
        if (ReferenceEquals(current, said) && time.GetElapsedTime(saidAt) < Interval)
        {
            return;
        }

        var now = time.GetUtcNow();
        await store.BeatAsync(new Heartbeat(instance.Value, HashesOf(current), now), now - Lifetime, cancellation);
        (said, saidAt) = (current, time.GetTimestamp());
    }

    public async Task LeaveAsync(CancellationToken cancellation) => await store.LeaveAsync(instance.Value, cancellation);

    /// <summary>Those that are there, this process among them.</summary>
    public async Task<IReadOnlyList<Heartbeat>> OthersAndSelfAsync(CancellationToken cancellation)
    {
        await BeatAsync(cancellation);
        return await store.HeartbeatsAsync(time.GetUtcNow() - Lifetime, cancellation);
    }

    private static Dictionary<string, string> HashesOf(ProfileCatalog catalog)
        => catalog.All.ToDictionary(p => p.Options.Profile, p => p.Hash, StringComparer.Ordinal);
}
