using System.Diagnostics;

namespace Vivace.Testing;

/// <summary>Waits for something to become true, by looking again and again until a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Only a test that fails waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The first value that satisfies the condition.</summary>
    /// <exception cref="TimeoutException">None did in time; the message holds the last one.</exception>
    public static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> condition, TimeSpan? within = null)
    {
        var limit = within ?? Patience;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await look();
            if (condition(value))
            {
                return value;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                throw new TimeoutException($"Not so within {limit.TotalSeconds} s; last seen: {value}");
            }

            await Task.Delay(Interval);
        }
    }

    /// <summary>Waits until the condition holds.</summary>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? within = null)
        => GetAsync(() => Task.FromResult(condition()), holds => holds, within);
}
