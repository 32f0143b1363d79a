using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Describing;

public sealed class DescriptionTests
{
    [Fact]
    public async Task The_openapi_document_names_every_path_under_api()
    {
        await using var host = await VivaceHost.StartAsync();
        var document = await host.Client.GetAsync("/openapi/v1.json");
        Assert.Equal(200, document.Status);
        Assert.StartsWith("3.", document["openapi"], StringComparison.Ordinal);
        var operations = document.Json.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name} {p.Name}"));
        Assert.Superset(
            new HashSet<string>
            {
                "get /api/capabilities",
                "get /api/profiles",
                "post /api/conversations",
                "get /api/conversations",
                "get /api/conversations/{conversationId}",
                "patch /api/conversations/{conversationId}",
                "delete /api/conversations/{conversationId}",
                "get /api/conversations/{conversationId}/messages",
                "post /api/conversations/{conversationId}/messages",
                "post /api/conversations/{conversationId}/messages/stream",
                "get /api/turns/{turnId}",
                "delete /api/turns/{turnId}",
                "get /api/turns/{turnId}/stream",
                "get /api/evaluations",
                "get /api/evaluations/dead-letters",
                "post /api/evaluations/dead-letters/requeue",
                "post /api/evaluations/dead-letters/{turnId}/{evaluator}/{version}/requeue",
            },
            operations.ToHashSet());
    }

    [Fact]
    public async Task The_openapi_document_says_that_api_needs_a_key_and_how_it_is_sent()
    {
        await using var host = await VivaceHost.StartAsync();
        var document = await host.Client.GetAsync("/openapi/v1.json");
        Assert.Equal(
            ("apiKey", "header", "X-Api-Key"),
            (document["components.securitySchemes.ApiKey.type"], document["components.securitySchemes.ApiKey.in"], document["components.securitySchemes.ApiKey.name"]));
        Assert.Equal("bearer", document["components.securitySchemes.Bearer.scheme"]);
        Assert.Contains("X-Vivace-User", document["components.securitySchemes.ApiKey.description"], StringComparison.Ordinal);
        foreach (var path in document.Json.GetProperty("paths").EnumerateObject())
        {
            var isApi = path.Name.StartsWith("/api/", StringComparison.Ordinal);
            Assert.All(path.Value.EnumerateObject(), operation => Assert.Equal(
                isApi ? """[{"ApiKey":[]},{"Bearer":[]}]""" : null, operation.Value.At("security")?.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("/api/conversations/{conversationId}/messages", "post", "Idempotency-Key")]
    [InlineData("/api/conversations/{conversationId}/messages/stream", "post", "Idempotency-Key")]
    [InlineData("/api/turns/{turnId}/stream", "get", "Last-Event-ID")]
    public async Task The_openapi_document_names_the_headers_that_are_read(string path, string method, string header)
    {
        await using var host = await VivaceHost.StartAsync();
        var operation = (await host.Client.GetAsync("/openapi/v1.json")).Json.GetProperty("paths").GetProperty(path).GetProperty(method);
        Assert.Contains(operation.GetProperty("parameters").EnumerateArray(), p => (p.At("name"), p.At("in"), p.At("required")) is var (name, place, required)
            && name == header && place == "header" && required is null or "false");
    }

    [Theory]
    [InlineData("messages", "200", "Idempotent-Replayed")]
    [InlineData("messages", "429", "Retry-After")]
    [InlineData("messages", "503", "Retry-After")]
    [InlineData("messages/stream", "200", "Idempotent-Replayed")]
    [InlineData("messages/stream", "429", "Retry-After")]
    public async Task The_openapi_document_names_the_headers_of_answers(string path, string status, string header)
    {
        await using var host = await VivaceHost.StartAsync();
        var operation = (await host.Client.GetAsync("/openapi/v1.json")).Json.GetProperty("paths")
            .GetProperty($"/api/conversations/{{conversationId}}/{path}").GetProperty("post");
        Assert.True(operation.GetProperty("responses").GetProperty(status).GetProperty("headers").TryGetProperty(header, out _));
    }

    [Fact]
    public async Task Every_path_that_the_document_names_is_served()
    {
        await using var host = await VivaceHost.StartAsync();
        var document = await host.Client.GetAsync("/openapi/v1.json");
        foreach (var path in document.Json.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var address = path.Name.Replace("{version}", "1", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
                var answer = await host.Client.SendAsync(new HttpMethod(operation.Name.ToUpperInvariant()), address);
                Assert.False(answer.Status is 405 or >= 500, $"{operation.Name} {path.Name}: {answer}");
                Assert.DoesNotContain("no such path", answer.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Capabilities_list_the_profiles_with_their_effective_sets()
    {
        await using var host = await VivaceHost.StartAsync();
        var answer = await host.Client.GetAsync("/api/capabilities");
        Assert.Equal(200, answer.Status);
        Assert.Equal(("true", "true", "default", "true"), (answer["processingAccepted"], answer["showModeSwitch"], answer["defaultMode"], answer["demoModels"]));
        var profiles = answer.Json.GetProperty("profiles").EnumerateArray().ToDictionary(p => p.At("name")!);
        Assert.Equal(["default", "fast-v1", "voice-fast-v1"], profiles.Keys.Order());
        Assert.Equal(("fast", "small", "1"), (profiles["fast-v1"].At("mode"), profiles["fast-v1"].At("model"), profiles["fast-v1"].At("maxModelCalls")));
        Assert.Equal(["CALCULATE", "CURRENT_TIME", "IGNORE", "NONE", "REPLY"], Names(profiles["fast-v1"], "actions"));
        Assert.Equal(["ACTIONS", "CHARACTER", "RECENT_MESSAGES", "TIME"], Names(profiles["fast-v1"], "providers"));
        Assert.Contains("REMEMBER_FACT", Names(profiles["default"], "actions"));
        Assert.Equal("65536", answer["limits.bodyBytes"]);
    }

    [Fact]
    public async Task A_profile_from_the_folder_is_listed_and_served()
    {
        var quick = """{"profile":"quick-v1","mode":"fast","model":{"size":"small"},"generation":{"maxModelCalls":1,"retries":0,"deadlineSeconds":5}}""";
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Files = new Dictionary<string, string> { ["profiles/quick-v1.json"] = quick } });
        Assert.Contains("quick-v1", (await host.Client.GetAsync("/api/capabilities")).Body, StringComparison.Ordinal);
        var reply = await (await host.Client.ConverseAsync()).SayAsync("Hi", """{"profile":"quick-v1"}""");
        Assert.Equal(("fast", "quick-v1"), (reply["processing.effective.mode"], reply["processing.effective.profile"]));
    }

    private static IEnumerable<string> Names(System.Text.Json.JsonElement profile, string set)
        => profile.GetProperty(set).EnumerateArray().Select(n => n.GetString()!).Order();
}
