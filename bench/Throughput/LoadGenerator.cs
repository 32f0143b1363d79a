using System.Diagnostics;
using System.Net;

namespace Vivace.Bench.Throughput;

/// <summary>Keeps a number of connections busy; any answer but a success ends the bench.</summary>
internal static class LoadGenerator
{
    /// <summary>Requests a second over a time.</summary>
    public static async Task<double> RateAsync(IPEndPoint server, TurnRequests requests, int connections, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await RunAsync(server, requests, connections, _ => Stopwatch.GetElapsedTime(started) < time);
        return counts / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>A number of requests.</summary>
    public static Task<long> CountAsync(IPEndPoint server, TurnRequests requests, int connections, int count)
    {
        var left = count;
        return RunAsync(server, requests, connections, _ => Interlocked.Decrement(ref left) >= 0);
    }

    private static async Task<long> RunAsync(IPEndPoint server, TurnRequests requests, int connections, Func<int, bool> goesOn)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            using var connection = new RawConnection(server);
            var sent = 0L;
            for (; goesOn(number); sent++)
            {
                var answer = await connection.SendAsync(requests.Of(number, sent));
                if (!answer.IsOk)
                {
                    throw new InvalidOperationException($"A request failed: {answer.Text}");
                }
            }

            return sent;
        })));
        return counts.Sum();
    }
}
