using Vivace.Api.Tests.Auth;
using Vivace.Testing.FunctionsHost;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>The application as the custom handler, sent what a Functions host was recorded to send.</summary>
public sealed class RecordingTests
{
    /// <summary>The key that stands in the recording of a JSON post.</summary>
    private static readonly string[] RecordedKey = Keys.Settings(("recorded", "key-123", "user"));

    public static TheoryData<string> Names => [.. HostRecording.All.Select(r => r.Name)];

    [Fact]
    public async Task The_start_probe_is_answered()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync();
        Assert.Equal(200, (await RawHttp.SendAsync(host.Address, HostRecording.Read("startup-probe").ToBytes())).Status);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_recorded_request_as_it_is_gets_an_answer_that_the_host_understands(string name)
    {
        var recording = HostRecording.Read(name);
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(RecordedKey);
        var answer = await RawHttp.SendAsync(host.Address, recording.ToBytes());
        var expected = recording.Target == "/" ? 200
            : !recording.Target.StartsWith("/api/", StringComparison.Ordinal) || recording.Headers.Contains(("X-Api-Key", "key-123")) ? 404
            : 401;
        Assert.Equal(expected, answer.Status);
        Assert.Contains(expected == 200 ? "text/plain" : "application/problem+json", answer.Head, StringComparison.Ordinal);
        Assert.Equal(200, (await host.Client.GetAsync("/health/live")).Status);
    }

    [Fact]
    public async Task A_proxied_message_gets_its_reply_and_the_host_s_headers_do_no_harm()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(RecordedKey);
        var conversation = await host.WithKey("key-123").ConverseAsync();
        var recording = HostRecording.Read("http-post-json") with { Target = $"{conversation.Path}/messages?v=1" };
        var answer = await RawHttp.SendAsync(host.Address, recording.ToBytes());
        Assert.Equal(200, answer.Status);
        Assert.Contains("héllo ✓ 日本", answer.Body, StringComparison.Ordinal);
        Assert.Equal("héllo ✓ 日本", (await conversation.HistoryAsync())[0].Text);
    }

    [Fact]
    public async Task A_proxied_chunked_upload_is_read()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(RecordedKey);
        var conversation = await host.WithKey("key-123").ConverseAsync();
        var recorded = HostRecording.Read("http-post-json-chunked-upload");
        var recording = recorded with { Target = $"{conversation.Path}/messages", Headers = [.. recorded.Headers, ("X-Api-Key", "key-123")] };
        Assert.Equal(200, (await RawHttp.SendAsync(host.Address, recording.ToBytes())).Status);
        Assert.Equal("héllo ✓ 日本", (await conversation.HistoryAsync())[0].Text);
    }

    [Fact]
    public async Task A_proxied_stream_request_is_streamed()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(RecordedKey);
        var conversation = await host.WithKey("key-123").ConverseAsync();
        var recorded = HostRecording.Read("http-post-sse");
        var recording = recorded with { Target = $"{conversation.Path}/messages/stream", Headers = [.. recorded.Headers, ("X-Api-Key", "key-123")] };
        var answer = await RawHttp.SendAsync(host.Address, recording.ToBytes());
        Assert.Equal(200, answer.Status);
        Assert.Contains("text/event-stream", answer.Head, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"done\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ProcessTurn", false)]
    [InlineData("/ProcessTurn", true)]
    [InlineData("/processturn", true)]
    [InlineData("/SbBin", false)]
    public async Task A_trigger_path_is_not_reachable_from_outside(string path, bool proxied)
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(RecordedKey);
        var caller = proxied
            ? host.As("X-Forwarded-For", "203.0.113.7", "X-Forwarded-Host", "api.example.test", "X-Forwarded-Proto", "https", "X-Api-Key", "key-123")
            : host.Client;
        Assert.Equal(404, (await caller.PostAsync(path, """{"Data":{"msg":"e30="},"Metadata":{}}""")).Status);
    }

    [Fact]
    public async Task Forwarded_headers_do_not_make_a_caller_local_or_someone_else()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(RecordedKey);
        var caller = host.As("X-Forwarded-For", "127.0.0.1", "X-Forwarded-Host", "localhost", "X-MS-CLIENT-PRINCIPAL-ID", "someone");
        Assert.Equal(401, (await caller.GetAsync("/api/conversations")).Status);
    }
}
