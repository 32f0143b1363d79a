using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Conversations;

public sealed class PagingTests
{
    [Fact]
    public async Task The_history_is_paged_from_the_newest_and_each_message_comes_once()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        for (var i = 0; i < 4; i++)
        {
            await conversation.SayAsync($"Message {i}");
        }

        var pages = new List<string[]>();
        string? before = null;
        do
        {
            var page = await conversation.PageAsync($"?limit=3{(before is null ? "" : $"&before={before}")}");
            pages.Add([.. page.Json.GetProperty("messages").EnumerateArray().Select(m => m.At("id")!)]);
            before = page["before"];
        }
        while (before is not null);

        Assert.Equal([3, 3, 2], pages.Select(p => p.Length));
        var all = (await conversation.PageAsync()).Json.GetProperty("messages").EnumerateArray().Select(m => m.At("id"));
        Assert.Equal(all, Enumerable.Reverse(pages).SelectMany(p => p));
    }

    [Fact]
    public async Task Conversations_are_listed_by_their_newest_change_and_each_comes_once()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversations = new List<Conversation>();
        for (var i = 0; i < 5; i++)
        {
            conversations.Add(await host.Client.ConverseAsync());
        }

        // Times have milliseconds: until the clock has moved on, the order within one is that of the ids.
        var newest = UpdatedAt(await conversations[4].GetAsync());
        await Eventually.GetAsync(
            async () =>
            {
                await conversations[1].SayAsync("Hi");
                return await conversations[1].GetAsync();
            },
            changed => UpdatedAt(changed) > newest);
        var listed = new List<string>();
        string? next = null;
        do
        {
            var page = await host.Client.GetAsync($"/api/conversations?limit=2{(next is null ? "" : $"&after={next}")}");
            listed.AddRange(page.Json.GetProperty("conversations").EnumerateArray().Select(c => c.At("id")!));
            next = page["next"];
        }
        while (next is not null);

        Assert.Equal(conversations[1].Id, listed[0]);
        Assert.Equal(conversations.Select(c => c.Id).Order(), listed.Order());
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=")]
    [InlineData("?limit=99999999999999999999")]
    [InlineData("?before=yesterday")]
    [InlineData("?before=-1")]
    [InlineData("?before=99999999999999999999")]
    public async Task A_page_that_cannot_be_meant_is_refused(string query)
    {
        await using var host = await VivaceHost.StartAsync();
        var answer = await (await host.Client.ConverseAsync()).PageAsync(query);
        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal("/problems/invalid-request", answer["type"]);
    }

    private static DateTimeOffset UpdatedAt(Answer conversation) => conversation.Json.Find("conversation.updatedAt")!.Value.GetDateTimeOffset();
}
