using Vivace.Cli.Tests.Drivers;
using Vivace.Client;
using Vivace.Client.Problems;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Testing.Hosting;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Client;

/// <summary>The typed client's calls, against the running application.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_conversation_is_made_read_changed_and_deleted()
    {
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var conversations = connected.Client.Conversations;
        var made = await conversations.CreateAsync(new CreateConversationRequest { Title = "Tea & 🍵", DefaultMode = ProcessingMode.Fast });
        Assert.Equal(made, await conversations.GetAsync(made.Id));

        var muted = await conversations.UpdateAsync(made.Id, new UpdateConversationRequest { Muted = true });
        Assert.Equal(("Tea & 🍵", ProcessingMode.Fast, true), (muted.Title, muted.DefaultMode, muted.Muted));
        var cleared = await conversations.UpdateAsync(made.Id, new UpdateConversationRequest { Title = "Coffee", ChangesDefaultMode = true });
        Assert.Equal(("Coffee", null, true), (cleared.Title, cleared.DefaultMode, cleared.Muted));

        await conversations.DeleteAsync(made.Id);
        var gone = await Assert.ThrowsAsync<VivaceProblemException>(() => conversations.GetAsync(made.Id));
        Assert.Equal((404, "not-found"), (gone.Status, gone.Kind));
    }

    [Fact]
    public async Task Pages_of_conversations_and_of_a_history_join_without_gap_or_repetition()
    {
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var client = connected.Client;
        var made = new List<string>();
        for (var i = 0; i < 101; i++)
        {
            made.Add((await client.Conversations.CreateAsync()).Id);
        }

        var all = new List<string>();
        await foreach (var conversation in client.Conversations.AllAsync())
        {
            all.Add(conversation.Id);
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
        foreach (var text in new[] { "One", "Two", "Three" })
        {
            await client.Messages.SendAsync(made[0], new SendMessageRequest { Text = text });
        }

        var newest = await client.Messages.HistoryAsync(made[0], limit: 4);
        var older = await client.Messages.HistoryAsync(made[0], newest.Before, limit: 4);
        Assert.Null(older.Before);
        Assert.Equal(["One", "Two", "Three"], older.Messages.Concat(newest.Messages).Where(m => m.Role == "user").Select(m => m.Text));
    }

    [Fact]
    public async Task A_message_is_processed_as_it_asks_and_replayed_under_its_key()
    {
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var messages = connected.Client.Messages;
        var id = (await connected.Client.Conversations.CreateAsync()).Id;
        var message = new SendMessageRequest { Text = "What is 2+3?", Processing = new ProcessingRequest { Mode = ProcessingMode.Fast, Reason = "voice" } };
        var first = await messages.SendAsync(id, message, "k1");
        Assert.Equal((false, ProcessingMode.Fast, "voice"), (first.Replayed, first.Reply.Processing.Effective.Mode, first.Reply.Processing.Requested.Reason));
        var again = await messages.SendAsync(id, message, "k1");
        Assert.Equal((true, first.Reply.TurnId, first.Reply.Text), (again.Replayed, again.Reply.TurnId, again.Reply.Text));
        var other = await Assert.ThrowsAsync<VivaceProblemException>(() => messages.SendAsync(id, message with { Text = "Other" }, "k1"));
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Kind));
    }

    [Fact]
    public async Task Every_fault_of_a_body_is_in_the_exception()
    {
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var id = (await connected.Client.Conversations.CreateAsync()).Id;
        var refused = await Assert.ThrowsAsync<VivaceProblemException>(
            () => connected.Client.Messages.SendAsync(id, """{"text":7,"processing":{"mode":"turbo"}}"""u8.ToArray()));
        Assert.Equal((400, "invalid-body"), (refused.Status, refused.Kind));
        Assert.Equal(["/text", "/processing/mode"], refused.Errors.Select(e => e.Pointer));
        Assert.Contains("""processing.mode must be "default" or "fast".""", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_turn_is_seen_and_cancelled_and_its_call_says_so()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        using var connected = new Connected(host.Address);
        var client = connected.Client;
        var id = (await client.Conversations.CreateAsync()).Id;
        var sending = client.Messages.SendAsync(id, new SendMessageRequest { Text = "Hello" });
        await model.TalkAsync();

        // The turn is written down beside its model's call.
        var turnId = (await Eventually.GetAsync(() => client.Messages.HistoryAsync(id), history => history.Messages.Count > 0)).Messages[0].TurnId;
        Assert.Equal(TurnStatus.Running, (await client.Turns.GetAsync(turnId)).Status);
        await client.Turns.CancelAsync(turnId);
        var cancelled = await Assert.ThrowsAsync<VivaceProblemException>(() => sending);
        Assert.Equal((409, "cancelled", turnId), (cancelled.Status, cancelled.Kind, cancelled.TurnId));
        Assert.Equal(ProcessingMode.Default, cancelled.Processing!.Effective.Mode);
        Assert.Equal(TurnStatus.Cancelled, (await client.Turns.GetAsync(turnId)).Status);
    }

    [Fact]
    public async Task A_key_and_its_user_are_sent_and_a_wrong_key_is_refused()
    {
        await using var host = await VivaceHost.StartAsync(Keys.Settings(("secret", "service")));
        using var ana = new Connected(host.Address, new VivaceClientOptions { ApiKey = "secret", User = "ana" });
        using var bob = new Connected(host.Address, new VivaceClientOptions { ApiKey = "secret", User = "bob" });
        using var nobody = new Connected(host.Address, new VivaceClientOptions { ApiKey = "wrong" });
        var id = (await ana.Client.Conversations.CreateAsync()).Id;
        Assert.Equal(404, (await Assert.ThrowsAsync<VivaceProblemException>(() => bob.Client.Conversations.GetAsync(id))).Status);
        var refused = await Assert.ThrowsAsync<VivaceProblemException>(() => nobody.Client.Capabilities.GetAsync());
        Assert.Equal((401, "unauthorized"), (refused.Status, refused.Kind));
        Assert.Throws<ArgumentException>(() => new Connected(host.Address, new VivaceClientOptions { ApiKey = "a\nb" }));
    }

    [Fact]
    public async Task Capabilities_and_profiles_agree()
    {
        await using var host = await VivaceHost.StartAsync();
        using var connected = new Connected(host.Address);
        var capabilities = await connected.Client.Capabilities.GetAsync();
        var profiles = await connected.Client.Profiles.ListAsync();
        Assert.Equal(capabilities.Profiles.Select(p => (p.Name, p.Hash)).Order(), profiles.Profiles.Select(p => (p.Name, p.Hash!)).Order());
        Assert.Contains("REPLY", profiles.Profiles.Single(p => p.Name == "fast-v1").NamesIn("actions"));
    }

    [Fact]
    public async Task A_server_that_is_away_and_one_that_is_something_else_are_told_apart()
    {
        using var nobody = new ReservedPort();
        using var away = new Connected(nobody.Address);
        var unreachable = await Assert.ThrowsAsync<VivaceUnreachableException>(() => away.Client.Capabilities.GetAsync());
        Assert.True(unreachable.NeverSent);

        await using var other = await SseStandIn.StartAsync("<html>", "<html>");
        using var connected = new Connected(other.Address);
        await Assert.ThrowsAsync<VivaceProtocolException>(() => connected.Client.Capabilities.GetAsync());
    }

    [Fact]
    public async Task An_error_that_is_no_problem_document_is_told_by_its_status()
    {
        await using var host = await VivaceHost.StartAsync();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, e => e with { Status = 502, Answer = "<html>Bad gateway</html>" });
        using var connected = new Connected(proxy.Address);
        var problem = await Assert.ThrowsAsync<VivaceProblemException>(() => connected.Client.Capabilities.GetAsync());
        Assert.Equal((502, "about:blank"), (problem.Status, problem.Kind));
    }
}
