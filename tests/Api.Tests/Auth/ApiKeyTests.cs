using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Auth;

public sealed class ApiKeyTests
{
    private static readonly string[] TwoUsersAndAService = Keys.Settings(("ann", "key-of-ann", "user"), ("bob", "key-of-bob", "user"), ("app", "key-of-app", "service"));

    [Theory]
    [InlineData("/api/conversations")]
    [InlineData("/API/conversations")]
    [InlineData("/%61pi/conversations")]
    [InlineData("/api/capabilities")]
    [InlineData("/api/nowhere")]
    public async Task Without_a_key_or_with_a_wrong_one_nothing_under_api_is_served(string path)
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        (await host.Client.GetAsync(path)).AssertProblem(401);
        (await host.WithKey("wrong").GetAsync(path)).AssertProblem(401);
        (await host.WithKey("KEY-OF-ANN").GetAsync(path)).AssertProblem(401);
        (await host.As("Authorization", "Bearer wrong").GetAsync(path)).AssertProblem(401);
        (await host.As("Authorization", "Basic key-of-ann").GetAsync(path)).AssertProblem(401);
        (await host.As("X-MS-CLIENT-PRINCIPAL-ID", "ann").GetAsync(path)).AssertProblem(401);
    }

    [Fact]
    public async Task A_key_is_taken_from_its_header_or_as_a_bearer_token()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        var conversation = await host.WithKey("key-of-ann").ConverseAsync();
        Assert.Equal(200, (await conversation.SayAsync("Hi")).Status);
        Assert.Equal(200, (await conversation.SeenBy(host.As("Authorization", "bearer key-of-ann")).GetAsync()).Status);
    }

    [Fact]
    public async Task Another_owner_s_conversation_looks_exactly_like_an_unknown_one()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        var mine = await host.WithKey("key-of-ann").ConverseAsync();
        var turn = (await mine.SayAsync("Secret"))["turnId"];
        var bob = host.WithKey("key-of-bob");
        var (seen, unknown) = (mine.SeenBy(bob), new Conversation(bob, Guid.NewGuid().ToString("N"), "none"));
        Func<Conversation, Task<Answer>>[] attempts =
        [
            c => c.GetAsync(), c => c.PageAsync(), c => c.SayAsync("Hi"), c => c.ChangeAsync("""{"title":"x"}"""), c => c.DeleteAsync(),
        ];
        foreach (var attempt in attempts)
        {
            var (other, none) = (await attempt(seen), await attempt(unknown));
            other.AssertProblem(404);
            Assert.Equal(none.Body, other.Body);
        }

        Assert.Equal((await seen.TurnAsync("unknown")).Body, (await seen.TurnAsync(turn)).Body);
        Assert.Equal("[]", (await bob.GetAsync("/api/conversations"))["conversations"]);
        Assert.Equal(2, (await mine.HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_service_key_separates_its_users()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        var service = host.WithKey("key-of-app");
        var (first, second) = (service.With("X-Vivace-User", "u1"), service.With("X-Vivace-User", "u2"));
        var conversation = await first.ConverseAsync();
        Assert.Equal(200, (await conversation.GetAsync()).Status);
        (await conversation.SeenBy(second).GetAsync()).AssertProblem(404);
        (await conversation.SeenBy(service).GetAsync()).AssertProblem(404);
    }

    [Fact]
    public async Task A_user_key_cannot_speak_for_others()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        var conversation = await host.WithKey("key-of-ann").ConverseAsync();
        foreach (var key in new[] { "key-of-ann", "key-of-bob" })
        {
            var answer = await conversation.SeenBy(host.WithKey(key).With("X-Vivace-User", "ann")).GetAsync();
            answer.AssertProblem(400);
            Assert.Contains("role service", answer["detail"], StringComparison.Ordinal);
        }

        Assert.Equal(200, (await conversation.SeenBy(host.WithKey("key-of-ann").With("X-Vivace-User", "")).GetAsync()).Status);
    }

    [Fact]
    public async Task A_key_that_is_not_known_is_told_from_none_and_both_are_told_how_to_send_one()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        var (none, wrong) = (await host.Client.GetAsync("/api/conversations"), await host.WithKey("wrong").GetAsync("/api/conversations"));
        Assert.Equal(("Send a key in X-Api-Key or as a bearer token.", "The key that was sent is not known here."), (none["detail"], wrong["detail"]));
        Assert.Equal(none["title"], wrong["title"]);
        Assert.All([none, wrong], answer => Assert.Equal("ApiKey realm=\"Vivace\", Bearer realm=\"Vivace\"", answer.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task A_user_s_name_has_at_most_128_characters()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        var service = host.WithKey("key-of-app");
        Assert.Equal(200, (await service.With("X-Vivace-User", new string('u', 128)).GetAsync("/api/conversations")).Status);
        (await service.With("X-Vivace-User", new string('u', 129)).GetAsync("/api/conversations")).AssertProblem(400);
    }

    [Fact]
    public async Task Health_and_the_description_need_no_key()
    {
        await using var host = await VivaceHost.StartAsync(TwoUsersAndAService);
        foreach (var path in new[] { "/", "/health/live", "/health/ready", "/openapi/v1.json" })
        {
            Assert.Equal(200, (await host.Client.GetAsync(path)).Status);
        }
    }
}
