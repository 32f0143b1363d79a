using System.Net.Http.Headers;
using System.Text;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.BadInput;

public sealed class TransportTests
{
    [Theory]
    [InlineData(70_000, false)]
    [InlineData(70_000, true)]
    [InlineData(3_000_000, false)]
    [InlineData(3_000_000, true)]
    public async Task A_body_over_64_KiB_is_too_large(int size, bool chunked)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"text":"Hi","padding":"{{new string('p', size)}}"}""");
        var head = $"POST {conversation.Path}/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        var request = chunked
            ? [.. Encoding.ASCII.GetBytes($"{head}Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]
            : (byte[])[.. Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n"), .. body];
        var answer = await RawHttp.SendAsync(host.Address, request);
        Assert.Equal(413, answer.Status);
        Assert.Contains("application/problem+json", answer.Head, StringComparison.Ordinal);
        Assert.Contains("/problems/too-large", answer.Body, StringComparison.Ordinal);
        Assert.Empty(await conversation.HistoryAsync());
    }

    [Fact]
    public async Task A_body_of_exactly_64_KiB_is_read()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        const string start = "{\"text\":\"Hi\",\"padding\":\"";
        var body = start + new string('p', 65_536 - start.Length - 2) + "\"}";
        Assert.Equal(200, (await conversation.PostAsync(body)).Status);
        Assert.Equal(413, (await conversation.PostAsync(body + " ")).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? type)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        using var body = new ByteArrayContent("{\"text\":\"Hi\"}"u8.ToArray());
        if (type is not null)
        {
            body.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        await conversation.AssertRefusedAsync(await conversation.PostAsync(body), 415);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task A_body_that_is_encoded_is_refused_in_words(string encoding)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        using var body = VivaceClient.Json("""{"text":"Hi"}""");
        body.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        var answer = await conversation.PostAsync(body);
        await conversation.AssertRefusedAsync(answer, 415);
        Assert.Equal("/problems/unsupported-encoding", answer["type"]);
        Assert.Equal("identity", answer.Header("Accept-Encoding"));
    }

    [Fact]
    public async Task The_identity_is_no_encoding()
    {
        await using var host = await VivaceHost.StartAsync();
        using var body = VivaceClient.Json("""{"text":"Hi"}""");
        body.Headers.TryAddWithoutValidation("Content-Encoding", "identity");
        Assert.Equal(200, (await (await host.Client.ConverseAsync()).PostAsync(body)).Status);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/api/capabilities", 200)]
    [InlineData("/api/conversations", 200)]
    [InlineData("/api/conversations/unknown", 404)]
    [InlineData("/api/nowhere", 404)]
    [InlineData("/api/conversations/unknown/messages/stream", 405)]
    [InlineData("/api/turns/unknown/stream/", 405)]
    public async Task HEAD_is_answered_as_GET_without_a_body(string path, int status)
    {
        await using var host = await VivaceHost.StartAsync();
        using var head = await host.Client.OpenAsync(HttpMethod.Head, path, null);
        Assert.Equal(status, (int)head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        if (status != 405)
        {
            using var get = await host.Client.OpenAsync(HttpMethod.Get, path, null);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(LengthOf(get), LengthOf(head));
        }

        // As it was sent: the client's own property counts what came.
        static string? LengthOf(HttpResponseMessage answer) => answer.Content.Headers.TryGetValues("Content-Length", out var values) ? values.Single() : null;
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; Charset=\"UTF-8\"")]
    [InlineData("application/vnd.example+json")]
    public async Task JSON_in_utf_8_is_accepted_by_any_of_its_names(string type)
    {
        await using var host = await VivaceHost.StartAsync();
        using var body = new ByteArrayContent("{\"text\":\"Hi\"}"u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        Assert.Equal(200, (await (await host.Client.ConverseAsync()).PostAsync(body)).Status);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/nowhere", 404)]
    [InlineData("GET", "/api/conversations/unknown", 404)]
    [InlineData("GET", "/api/conversations/unknown/messages", 404)]
    [InlineData("DELETE", "/api/conversations/unknown", 404)]
    [InlineData("GET", "/api/turns/unknown", 404)]
    [InlineData("PUT", "/api/conversations", 405)]
    [InlineData("DELETE", "/api/capabilities", 405)]
    [InlineData("GET", "/api/conversations/x/messages/stream", 405)]
    [InlineData("POST", "/health/live", 405)]
    public async Task An_unknown_path_or_method_is_a_problem(string method, string path, int status)
    {
        await using var host = await VivaceHost.StartAsync();
        (await host.Client.SendAsync(new HttpMethod(method), path)).AssertProblem(status);
    }

    [Fact]
    public async Task A_message_to_an_unknown_conversation_is_not_found()
    {
        await using var host = await VivaceHost.StartAsync();
        foreach (var path in new[] { "messages", "messages/stream" })
        {
            (await host.Client.PostAsync($"/api/conversations/unknown/{path}", """{"text":"Hi"}""")).AssertProblem(404);
        }
    }

    [Theory]
    [InlineData("""{"title":5}""", "/title")]
    [InlineData("""{"defaultMode":"Fast"}""", "/defaultMode")]
    [InlineData("""{"muted":"yes"}""", "/muted")]
    [InlineData("""{"title":null}""", "/title")]
    [InlineData("""{"muted":null}""", "/muted")]
    public async Task A_conversation_is_not_changed_by_a_bad_patch(string patch, string pointer)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync("""{"title":"Kept"}""");
        var answer = await conversation.ChangeAsync(patch);
        answer.AssertProblem(400);
        Assert.Equal([pointer], answer.Pointers());
        Assert.Equal("Kept", (await conversation.GetAsync())["conversation.title"]);
    }

    [Theory]
    [InlineData("NONSENSE\r\n\r\n")]
    [InlineData("GET /api/conversations HTTP/1.1\r\n\r\n")]
    [InlineData("GET /api/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /api/conversations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task A_broken_request_is_a_bad_request_and_the_process_lives(string request)
    {
        await using var host = await VivaceHost.StartAsync();
        Assert.Equal(400, (await RawHttp.SendAsync(host.Address, request)).Status);
        Assert.Equal(200, (await host.Client.GetAsync("/health/live")).Status);
    }
}
