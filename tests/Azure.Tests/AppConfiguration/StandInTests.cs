using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Vivace.Testing.AppConfiguration;

namespace Vivace.Azure.Tests.AppConfiguration;

/// <summary>Holds the stand-in to the recordings: the recorded requests, in order, get the recorded answers, ETags and dates aside.</summary>
public sealed partial class StandInTests
{
    private static readonly string[] Compared = ["Content-Type", "Link", "Sync-Token", "WWW-Authenticate"];

    [Fact]
    public async Task Recorded_requests_in_order_get_the_recorded_answers()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 44, 17, TimeSpan.Zero));
        await using var standIn = await AppConfigurationStandIn.StartAsync(time);
        var etags = new Dictionary<string, string>();
        foreach (var recording in Recording.All)
        {
            if (recording.Name.StartsWith("18-", StringComparison.Ordinal))
            {
                for (var i = 0; i <= 100; i++)
                {
                    standIn.Put($"page:{i:000}", $"{i}");
                }
            }

            await ReplayAsync(recording, standIn, etags);
        }

        Assert.Equal(22, Recording.All.Count);
    }

    [Theory]
    [InlineData(14, 200)]
    [InlineData(-14, 200)]
    [InlineData(16, 401)]
    [InlineData(-16, 401)]
    public async Task A_signature_is_accepted_for_fifteen_minutes(int minutes, int status)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 44, 17, TimeSpan.Zero).AddMinutes(minutes));
        await using var standIn = await AppConfigurationStandIn.StartAsync(time);
        standIn.PutFlag("fast-mode-runtime", "{}");
        using var answer = await SendAsync(Recording.Of(3), standIn, []);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_not_the_signed_one_is_refused()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 44, 17, TimeSpan.Zero));
        await using var standIn = await AppConfigurationStandIn.StartAsync(time);
        using var answer = await SendAsync(Recording.Of(1) with { Body = "{\"value\":\"other\"}" }, standIn, []);
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Empty(standIn.State);
    }

    private static async Task ReplayAsync(Recording recording, AppConfigurationStandIn standIn, Dictionary<string, string> etags)
    {
        using var answer = await SendAsync(recording, standIn, etags);
        Assert.True(recording.Answer.Status == (int)answer.StatusCode, $"{recording.Name}: {answer.StatusCode}");
        foreach (var name in Compared)
        {
            var given = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(h => h.Value);
            Assert.Equal(recording.Answer.Headers[name], given);
        }

        foreach (var name in new[] { "ETag", "Last-Modified" })
        {
            Assert.Equal(recording.Answer.Headers.Contains(name), answer.Headers.Concat(answer.Content.Headers).Any(h => h.Key == name));
        }

        if (answer.Headers.ETag is { } etag)
        {
            etags[recording.Answer.Headers["ETag"].Single()] = etag.Tag;
        }

        Assert.Equal(Plain(recording.Answer.Body), Plain(await answer.Content.ReadAsStringAsync()));
    }

    private static async Task<HttpResponseMessage> SendAsync(Recording recording, AppConfigurationStandIn standIn, Dictionary<string, string> etags)
    {
        var store = new Uri(standIn.ConnectionString.Split(';')[0]["Endpoint=".Length..]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod(recording.Method), new Uri(store, recording.Target));
        request.Headers.Host = recording.Header("Host");
        if (recording.Headers.Contains("Content-Type"))
        {
            request.Content = new StringContent(recording.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(recording.Header("Content-Type"));
        }

        foreach (var header in recording.Headers.Where(h => h.Key is not ("Host" or "Content-Type")))
        {
            request.Headers.TryAddWithoutValidation(header.Key, etags.GetValueOrDefault(header.Single(), header.Single()));
        }

        return await http.SendAsync(request);
    }

    private static string Plain(string body) => Varying().Replace(body, "\"$1\":\"\"");

    [GeneratedRegex("\"(etag|last_modified)\":\"[^\"]*\"")]
    private static partial Regex Varying();
}
