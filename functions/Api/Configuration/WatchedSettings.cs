using Vivace.Azure.AppConfiguration;

namespace Vivace.Api.Configuration;

/// <summary>
/// One selection of the store: what was read last, and whether it was older than what was read before. An older state is
/// refused for as long as the maximum age; after that it is what the store holds. Not for concurrent use.
/// </summary>
internal sealed class WatchedSettings(SettingPoll poll, TimeSpan maxAge, TimeProvider time)
{
    private IReadOnlyList<ConfigurationSetting>? latest;
    private SettingAges ages = SettingAges.None;
    private long? olderSince;

    /// <summary>The selection as it is now.</summary>
    /// <exception cref="OlderStateException">The store serves an older state.</exception>
    public async Task<IReadOnlyList<ConfigurationSetting>> ReadAsync(CancellationToken cancellation)
    {
        latest = await poll.PollAsync(cancellation) ?? latest!;
        if (ages.FindOlder(latest) is not { } older)
        {
            olderSince = null;
        }
        else if (time.GetElapsedTime(olderSince ??= time.GetTimestamp()) <= maxAge)
        {
            throw new OlderStateException(older);
        }
        else
        {
            (olderSince, ages) = (null, SettingAges.None);
        }

        ages = ages.After(latest);
        return latest;
    }
}
