using Azure;
using Vivace.Azure.AppConfiguration;
using Vivace.Testing.AppConfiguration;

namespace Vivace.Azure.Tests.AppConfiguration;

public sealed class SettingPollTests : IAsyncLifetime
{
    private AppConfigurationStandIn standIn = null!;
    private SettingPoll poll = null!;

    public async Task InitializeAsync()
    {
        standIn = await AppConfigurationStandIn.StartAsync();
        var client = new ConfigurationClient(standIn.ConnectionString, new ConfigurationClientOptions { Retry = { MaxRetries = 0 } });
        poll = new SettingPoll(client, new SettingSelector("page:*", SettingSelector.NoLabel));
    }

    public async Task DisposeAsync() => await standIn.DisposeAsync();

    [Fact]
    public async Task An_unchanged_selection_costs_one_304_a_page()
    {
        Write(0, 250);
        Assert.Equal(250, (await poll.PollAsync(default))!.Count);
        Assert.Null(await poll.PollAsync(default));
        Assert.Equal([200, 200, 200, 304, 304, 304], standIn.Requests.Select(r => r.Status));
    }

    [Fact]
    public async Task A_changed_page_is_read_anew_and_the_others_are_not()
    {
        Write(0, 250);
        await poll.PollAsync(default);
        standIn.Put("page:120", "changed");
        var now = await poll.PollAsync(default);
        Assert.Equal(("changed", 250), (now![120].Value, now.Count));
        Assert.Equal([304, 200, 304], standIn.Requests.Skip(3).Select(r => r.Status));
        Assert.Null(await poll.PollAsync(default));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(200)]
    public async Task A_key_value_more_or_fewer_at_the_end_is_seen(int count)
    {
        Write(0, count);
        await poll.PollAsync(default);
        Write(count, count + 1);
        Assert.Equal(count + 1, (await poll.PollAsync(default))?.Count);
        standIn.Delete($"page:{count:000}");
        Assert.Equal(count, (await poll.PollAsync(default))?.Count);
        Assert.Null(await poll.PollAsync(default));
    }

    [Fact]
    public async Task A_page_that_has_gone_is_a_change()
    {
        Write(0, 201);
        await poll.PollAsync(default);
        for (var i = 100; i <= 200; i++)
        {
            standIn.Delete($"page:{i:000}");
        }

        Assert.Equal(100, (await poll.PollAsync(default))?.Count);
        Assert.Null(await poll.PollAsync(default));
    }

    [Fact]
    public async Task An_empty_selection_is_seen_too()
    {
        Assert.Empty((await poll.PollAsync(default))!);
        Assert.Null(await poll.PollAsync(default));
        Write(0, 1);
        Assert.Single((await poll.PollAsync(default))!);
        standIn.Delete("page:000");
        Assert.Empty((await poll.PollAsync(default))!);
    }

    [Fact]
    public async Task A_poll_that_fails_halfway_loses_no_change()
    {
        Write(0, 150);
        await poll.PollAsync(default);
        standIn.Put("page:000", "changed");
        standIn.Then(null, StandInFault.Down);
        await Assert.ThrowsAsync<RequestFailedException>(() => poll.PollAsync(default));
        Assert.Equal("changed", (await poll.PollAsync(default))?[0].Value);
    }

    private void Write(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            standIn.Put($"page:{i:000}", $"{i}");
        }
    }
}
