using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Auth;

public sealed class FunctionsHostAuthTests
{
    [Fact]
    public async Task Under_the_Functions_host_loopback_proves_nothing()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync();
        (await host.Client.PostAsync("/api/conversations", null)).AssertProblem(401);
        (await host.As("X-Api-Key", "any").PostAsync("/api/conversations", null)).AssertProblem(401);
    }

    [Fact]
    public async Task A_principal_counts_only_while_app_service_authentication_is_on()
    {
        await using var off = await VivaceHost.AsFunctionsHandlerAsync();
        (await off.As("X-MS-CLIENT-PRINCIPAL-ID", "ann").GetAsync("/api/conversations")).AssertProblem(401);

        await using var on = await VivaceHost.AsFunctionsHandlerAsync("WEBSITE_AUTH_ENABLED=true");
        var conversation = await on.As("X-MS-CLIENT-PRINCIPAL-ID", "ann").ConverseAsync();
        Assert.Equal(200, (await conversation.SayAsync("Hi")).Status);
        (await conversation.SeenBy(on.As("X-MS-CLIENT-PRINCIPAL-ID", "bob")).GetAsync()).AssertProblem(404);
        (await on.Client.GetAsync("/api/conversations")).AssertProblem(401);
        (await on.As("X-MS-CLIENT-PRINCIPAL-ID", new string('p', 129)).GetAsync("/api/conversations")).AssertProblem(401);
    }

    [Fact]
    public async Task Standing_alone_with_keys_a_principal_never_counts()
    {
        await using var host = await VivaceHost.StartAsync([.. Keys.Settings(("ann", "k", "user")), "WEBSITE_AUTH_ENABLED=true"]);
        (await host.As("X-MS-CLIENT-PRINCIPAL-ID", "ann").GetAsync("/api/conversations")).AssertProblem(401);
    }

    [Fact]
    public async Task A_key_is_served_under_the_Functions_host()
    {
        await using var host = await VivaceHost.AsFunctionsHandlerAsync(Keys.Settings(("ann", "key-of-ann", "user")));
        var conversation = await host.WithKey("key-of-ann").ConverseAsync();
        var streamed = await conversation.StreamAsync("Hi");
        Assert.Empty(streamed.Faults());
    }
}
