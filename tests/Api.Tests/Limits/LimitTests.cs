using System.Globalization;
using Vivace.Api.Tests.Auth;
using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Limits;

public sealed class LimitTests
{
    [Fact]
    public async Task Beyond_its_limit_an_owner_is_told_when_to_come_back_and_nothing_is_stored()
    {
        await using var host = await VivaceHost.StartAsync("Limits:MessagesPerMinute=2");
        var conversation = await host.Client.ConverseAsync();
        Assert.Equal(200, (await conversation.SayAsync("One")).Status);
        Assert.Equal(200, (await conversation.SayAsync("Two")).Status);
        var answer = await conversation.WithKey("k").SayAsync("Three");
        answer.AssertProblem(429);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        await using var stream = await conversation.OpenStreamAsync(new Said("Four"));
        (await stream.AnswerAsync()).AssertProblem(429);
        Assert.Equal(4, (await conversation.HistoryAsync()).Count);
    }

    [Fact]
    public async Task One_owner_s_limit_does_not_touch_another()
    {
        await using var host = await VivaceHost.StartAsync(["Limits:MessagesPerMinute=1", .. Keys.Settings(("a", "ka", "user"), ("b", "kb", "user"))]);
        var (a, b) = (await host.WithKey("ka").ConverseAsync(), await host.WithKey("kb").ConverseAsync());
        Assert.Equal(200, (await a.SayAsync("Hi")).Status);
        (await a.SayAsync("Hi")).AssertProblem(429);
        Assert.Equal(200, (await b.SayAsync("Hi")).Status);
    }

    [Fact]
    public async Task Beyond_the_fast_quota_a_message_is_served_default_and_says_so()
    {
        await using var host = await VivaceHost.StartAsync("Limits:FastMessagesPerMinute=2");
        var conversation = await host.Client.ConverseAsync();
        await conversation.SayAsync("Default takes none of it");
        Assert.Equal("fast", (await conversation.SayAsync("One", Said.Fast))["processing.effective.mode"]);
        Assert.Equal("fast", (await conversation.SayAsync("Two", Said.Fast))["processing.effective.mode"]);
        var third = await conversation.SayAsync("Three", Said.Fast);
        Assert.Equal(
            (200, "fast", "default", "quota", "quota-exceeded"),
            (third.Status, third["processing.requested.mode"], third["processing.effective.mode"], third["processing.decidedBy"], third["processing.reason"]));
        Assert.Equal("large", third["processing.models.0.type"]);
    }
}
