using Vivace.Contracts.Conversations;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_conversation_is_found_by_its_owner_alone()
    {
        var conversation = await ConverseAsync("ana");

        Assert.Equal(conversation, await Store.Conversations.FindAsync("ana", conversation.Id, default));
        Assert.Null(await Store.Conversations.FindAsync("bob", conversation.Id, default));
        Assert.Null(await Store.Conversations.MessagesAsync("bob", conversation.Id, null, 10, default));
        Assert.Null(await Store.Conversations.UpdateAsync("bob", conversation.Id, new() { Title = "mine" }, Now, default));
        Assert.Null(await Store.Conversations.DeleteAsync("bob", conversation.Id, default));
        Assert.Equal(AcceptKind.UnknownConversation, (await Store.Turns.AcceptAsync(NewTurn(conversation, "bob"), default)).Kind);
        Assert.Equal(conversation, await Store.Conversations.FindAsync("ana", conversation.Id, default));
    }

    [Fact]
    public async Task Conversations_are_paged_newest_change_first_without_gap_or_repeat()
    {
        var made = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            made.Add((await ConverseAsync("ana", Now.AddSeconds(i / 2))).Id);
        }

        await ConverseAsync("bob");
        var seen = new List<Conversation>();
        ConversationCursor? after = null;
        do
        {
            var page = await Store.Conversations.ListAsync("ana", after, 10, default);
            seen.AddRange(page.Conversations);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(made.Order(StringComparer.Ordinal), seen.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.Equal(seen.OrderByDescending(c => c.UpdatedAt).Select(c => c.UpdatedAt), seen.Select(c => c.UpdatedAt));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_nothing_else()
    {
        var conversation = await ConverseAsync("ana");

        var muted = await Store.Conversations.UpdateAsync("ana", conversation.Id, new() { Muted = true }, Now.AddSeconds(1), default);
        var fast = await Store.Conversations.UpdateAsync("ana", conversation.Id, new() { ChangesDefaultMode = true, DefaultMode = ProcessingMode.Fast }, Now.AddSeconds(2), default);
        var cleared = await Store.Conversations.UpdateAsync("ana", conversation.Id, new() { ChangesDefaultMode = true, Title = "t" }, Now.AddSeconds(3), default);

        Assert.Equal(conversation with { Muted = true, UpdatedAt = Now.AddSeconds(1) }, muted);
        Assert.Equal(muted! with { DefaultMode = ProcessingMode.Fast, UpdatedAt = Now.AddSeconds(2) }, fast);
        Assert.Equal(fast! with { DefaultMode = null, Title = "t", UpdatedAt = Now.AddSeconds(3) }, cleared);
    }

    [Fact]
    public async Task Prompts_see_messages_as_evaluators_left_them_and_nothing_of_blocked_or_running_turns()
    {
        var conversation = await ConverseAsync("ana");
        var plain = await AcceptAsync(conversation, "plain");
        var rewritten = await AcceptAsync(conversation, "my card is 1234");
        var blocked = await AcceptAsync(conversation, "unsafe");
        await AcceptAsync(conversation, "running");
        await CompleteAsync(plain, "reply");
        Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Completion(rewritten, "noted") with { RewrittenText = "my card is ****" }, default));
        Assert.Equal(CompletionOutcome.Written, await Store.Turns.CompleteAsync(Completion(blocked, "I can't") with { Blocked = true }, default));

        var prompt = await Store.Conversations.RecentMessagesAsync(conversation.Id, 99, 20, default);
        var history = await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 20, default);

        Assert.Equal(["plain", "reply", "my card is ****", "noted"], prompt.Select(m => m.Text));
        Assert.Equal(["plain", "reply", "my card is 1234", "noted", "unsafe", "I can't", "running"], history!.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task History_is_paged_without_gap_or_repeat_and_survives_reopening()
    {
        var conversation = await ConverseAsync("ana");
        for (var i = 0; i < 13; i++)
        {
            await CompleteAsync(await AcceptAsync(conversation, $"m{i}"), $"r{i}");
        }

        await Store.ReopenAsync();
        var seen = new List<string>();
        long? before = null;
        for (var more = true; more;)
        {
            var page = await Store.Conversations.MessagesAsync("ana", conversation.Id, before, 7, default);
            seen.InsertRange(0, page!.Messages.Select(m => m.Text));
            (before, more) = (page.Messages[0].Number, page.HasOlder);
        }

        Assert.Equal(Enumerable.Range(0, 13).SelectMany(i => new[] { $"m{i}", $"r{i}" }), seen);
    }

    [Fact]
    public async Task Deleting_a_conversation_removes_everything_of_it_and_a_late_reply_writes_nothing()
    {
        var kept = await ConverseAsync("ana");
        await CompleteAsync(await AcceptAsync(kept, "stay"), "here");
        var conversation = await ConverseAsync("ana");
        var ended = await AcceptAsync(conversation, "hi");
        await CompleteAsync(ended, "hello", Pending(ended, "E1"));
        var running = await AcceptAsync(conversation, "again");
        await Store.Facts.AddAsync(new FactRow("ana", conversation.RoomId, "f", ended.TurnId, Now), conversation.Id, default);

        Assert.NotNull(await Store.Conversations.DeleteAsync("ana", conversation.Id, default));

        Assert.Equal(CompletionOutcome.Superseded, await Store.Turns.CompleteAsync(Completion(running, "too late"), default));
        await Store.Facts.AddAsync(new FactRow("ana", conversation.RoomId, "too late", running.TurnId, Now), conversation.Id, default);
        Assert.Null(await Store.Conversations.FindAsync("ana", conversation.Id, default));
        Assert.Null(await Store.Turns.FindAsync("ana", ended.TurnId, default));
        Assert.Empty(await Store.Evaluations.TakeOverdueAsync(Now.AddDays(1), Now.AddDays(1), 10, default));
        Assert.Empty(await Store.Turns.TakeDueAsync(Now.AddDays(1), Now.AddDays(1), 10, default));
        Assert.Empty(await Store.Facts.ListAsync("ana", conversation.RoomId, 10, default));
        Assert.Empty(await Store.Conversations.RecentMessagesAsync(conversation.Id, 99, 10, default));
        Assert.Equal(2, (await Store.Conversations.MessagesAsync("ana", kept.Id, null, 10, default))!.Messages.Count);
    }

    [Theory]
    [InlineData("naïve 日本語 😀 \u0000 \"quoted\" 'single' \\ \r\n\t")]
    [InlineData("'; DROP TABLE turns; --")]
    public async Task Any_text_is_kept_as_it_is(string text)
    {
        var conversation = await ConverseAsync("ana");

        await CompleteAsync(await AcceptAsync(conversation, text), text);

        Assert.Equal([text, text], (await Store.Conversations.MessagesAsync("ana", conversation.Id, null, 10, default))!.Messages.Select(m => m.Text));
    }
}
