using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Vivace.Bench.InProcess;
using Vivace.Bench.Reporting;

namespace Vivace.Bench.Streams;

/// <summary>Many streams open at once over HTTP; each must arrive whole.</summary>
internal static class OpenStreamsBench
{
    private static readonly TimeSpan BetweenWords = TimeSpan.FromMilliseconds(700);

    public static async Task<IReadOnlyList<Measure>> RunAsync(BenchPlan plan)
    {
        await using var local = await LocalVivace.CreateAsync(new FixedModel(TimeSpan.Zero, BetweenWords), withBackground: true);
        using var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = int.MaxValue };
        using var http = new HttpClient(handler) { BaseAddress = local.Address, Timeout = TimeSpan.FromMinutes(3) };
        var (open, most) = (0, 0);
        var started = Stopwatch.GetTimestamp();
        var whole = await Task.WhenAll(Enumerable.Range(0, plan.OpenStreams).Select(async number =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, local.MessagePath(number) + "/stream")
            {
                Content = new StringContent($$"""{"text":"{{BenchMessage.Text}}","processing":{"mode":"fast"} }""", new MediaTypeHeaderValue("application/json")),
                Version = HttpVersion.Version11,
            };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Raise(ref most, Interlocked.Increment(ref open));
            var body = await response.Content.ReadAsStringAsync();
            Interlocked.Decrement(ref open);
            return IsWhole(body);
        }));
        var count = whole.Count(w => w);
        return
        [
            new Measure("Streams open at once, whole", count, plan.OpenStreams, "asked for", "", (double)count / plan.OpenStreams, Goal.AtLeast(count, plan.OpenStreams)),
            new Measure("Streams open at once, most", most, plan.OpenStreams, "asked for", "", (double)most / plan.OpenStreams),
            new Measure("Streams open at once, all ended after", Stopwatch.GetElapsedTime(started).TotalSeconds, BetweenWords.TotalSeconds * (FixedModel.WordCount - 1), "the model's own time", "s",
                Stopwatch.GetElapsedTime(started) / (BetweenWords * (FixedModel.WordCount - 1))),
        ];
    }

    /// <summary>The tokens together are the text that the terminal event names.</summary>
    private static bool IsWhole(string body)
    {
        var text = new StringBuilder();
        string? full = null;
        foreach (var line in body.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)))
        {
            using var data = JsonDocument.Parse(line[6..]);
            text.Append(data.RootElement.TryGetProperty("text", out var token) ? token.GetString() : "");
            full = data.RootElement.TryGetProperty("fullText", out var whole) ? whole.GetString() : full;
        }

        return full is { Length: > 0 } && full == text.ToString();
    }

    private static void Raise(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
