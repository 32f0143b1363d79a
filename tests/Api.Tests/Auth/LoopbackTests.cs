using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Auth;

public sealed class LoopbackTests
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example:80")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost.evil.example")]
    public async Task Without_keys_pages_of_other_sites_are_refused(string header, string value)
    {
        await using var host = await VivaceHost.StartAsync();
        var answer = await host.As(header, value).PostAsync("/api/conversations", null);
        answer.AssertProblem(403);
        Assert.Equal("[]", (await host.Client.GetAsync("/api/conversations"))["conversations"]);
    }

    [Theory]
    [InlineData("Host", "localhost:7071")]
    [InlineData("Host", "[::1]:7071")]
    [InlineData("Origin", "http://localhost:7071")]
    [InlineData("Origin", "http://127.0.0.1:5000")]
    public async Task Without_keys_this_machine_is_served_by_any_of_its_names(string header, string value)
    {
        await using var host = await VivaceHost.StartAsync();
        Assert.Equal(201, (await host.As(header, value).PostAsync("/api/conversations", null)).Status);
    }
}
