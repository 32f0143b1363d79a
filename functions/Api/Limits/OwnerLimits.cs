using System.Threading.RateLimiting;
using Vivace.Api.Settings;

namespace Vivace.Api.Limits;

/// <summary>How often one owner may send, in this process: buckets that refill every second.</summary>
internal sealed class OwnerLimits(LimitsSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? messages = Limiter(settings.MessagesPerMinute);
    private readonly PartitionedRateLimiter<string>? fast = Limiter(settings.FastMessagesPerMinute);

    /// <summary>Takes one message; else how long to wait.</summary>
    public TimeSpan? TakeMessage(string owner)
    {
        if (messages is null)
        {
            return null;
        }

        using var lease = messages.AttemptAcquire(owner);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    /// <summary>Takes one fast message; false when the quota is used up.</summary>
    public bool TakeFast(string owner)
    {
        if (fast is null)
        {
            return true;
        }

        using var lease = fast.AttemptAcquire(owner);
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        messages?.Dispose();
        fast?.Dispose();
    }

    /// <summary>Refilled about every second, and exactly at the rate asked for.</summary>
    private static int PerPeriod(int perMinute) => (int)Math.Ceiling(perMinute / 60d);

    private static PartitionedRateLimiter<string>? Limiter(int perMinute) => perMinute == 0 ? null
        : PartitionedRateLimiter.Create<string, string>(owner => RateLimitPartition.GetTokenBucketLimiter(owner, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = PerPeriod(perMinute),
            ReplenishmentPeriod = TimeSpan.FromSeconds(60d * PerPeriod(perMinute) / perMinute),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
