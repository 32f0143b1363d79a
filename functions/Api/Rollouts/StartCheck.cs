using Vivace.Api.Rollouts.Measuring;
using Vivace.Api.Settings;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Rollouts;

/// <summary>A rollout starts only where a probe has lately found that every process does what its profiles say.</summary>
internal sealed class StartCheck(IRolloutStore store, Presence presence, RolloutsSettings settings, TimeProvider time)
{
    /// <summary>How far the clock of whoever probed may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>Why a start is refused, as a sentence; null: it is not.</summary>
    public async Task<string?> WhyNotAsync(CancellationToken cancellation)
    {
        const string remedy = "run vivace probe --record, or force the start.";
        if (await store.ProbeAsync(RolloutName.FastMode, cancellation) is not { } probe)
        {
            return $"No probe has been recorded; {remedy}";
        }

        var age = time.GetUtcNow() - probe.At;
        if (age > TimeSpan.FromMinutes(settings.ProbeFreshMinutes) || age < -Ahead)
        {
            return FormattableString.Invariant($"The last probe was made at {probe.At:O}, not within the last {settings.ProbeFreshMinutes} minutes; {remedy}");
        }

        if (probe.Turns < 1)
        {
            return $"The last probe made no turn; {remedy}";
        }

        if (probe.Mismatches != 0)
        {
            return FormattableString.Invariant($"The last probe found {probe.Mismatches} mismatches; {remedy}");
        }

        var heartbeats = await presence.OthersAndSelfAsync(cancellation);
        return heartbeats.All(h => Same(h.ProfileHashes, probe.ProfileHashes)) && Same(presence.ProfileHashes, probe.ProfileHashes)
            ? null
            : $"The last probe saw other profiles than those in effect in every process; {remedy}";
    }

    private static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string>? other)
        => other is not null && one.Count == other.Count && one.All(p => other.TryGetValue(p.Key, out var hash) && hash == p.Value);
}
