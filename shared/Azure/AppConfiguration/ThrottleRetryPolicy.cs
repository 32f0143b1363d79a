using Azure.Core;
using Azure.Core.Pipeline;

namespace Vivace.Azure.AppConfiguration;

/// <summary>
/// Retries as Azure clients do, after the time that a 429 or 503 asks for. Where that is longer than the longest delay the
/// answer goes to the caller instead of holding it up.
/// </summary>
internal sealed class ThrottleRetryPolicy(int maxRetries, TimeSpan delay, TimeSpan maxDelay)
    : RetryPolicy(maxRetries, DelayStrategy.CreateExponentialDelayStrategy(delay, maxDelay))
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception)
        => !AsksForLonger(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
        => AsksForLonger(message) ? new(false) : base.ShouldRetryAsync(message, exception);

    private bool AsksForLonger(HttpMessage message) => message.HasResponse && RetryAfter.Read(message.Response) > maxDelay;
}
