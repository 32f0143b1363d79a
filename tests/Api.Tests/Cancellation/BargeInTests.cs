using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Tests.Auth;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Sqlite;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;
using Xunit.Abstractions;
using StoredConversation = Vivace.Contracts.Conversations.Conversation;

namespace Vivace.Api.Tests.Cancellation;

/// <summary>Somebody speaks while the agent does: what runs is cancelled, and what is said next is answered at once.</summary>
[Collection(Timing.Name)]
public sealed class BargeInTests(ITestOutputHelper output)
{
    private const string Voice = "VOICE_DM";

    [Fact]
    public async Task Cancelling_a_stream_closes_the_model_s_request_and_ends_the_stream()
    {
        var runs = Release.Size(50, 500);
        await using var model = await OpenAiStandIn.StartAsync();
        var never = new TaskCompletionSource();
        model.Otherwise = OpenAiAnswer.Streams("I was ", "saying") with { Until = never.Task, UntilAfterChunks = 1 };
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        var taken = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            await using var stream = await conversation.OpenStreamAsync(new Said($"Run {run}", Said.Fast, Voice));
            var first = await stream.UntilAsync(e => e.Type == "token");
            var upstream = model.Talks[run];
            var asked = Stopwatch.GetTimestamp();
            var answer = await host.Client.DeleteAsync($"/api/turns/{first["turnId"]}");
            var closed = await upstream.Aborted.WaitAsync(TimeSpan.FromSeconds(10));
            taken.Add(Stopwatch.GetElapsedTime(asked, closed).TotalMilliseconds);
            Assert.InRange(answer.Status, 200, 202);
            var end = await stream.UntilAsync(e => e.IsTerminal);
            Assert.Equal(("cancelled", "I was "), (end.Type, end["fullText"]));
            Assert.Contains("\"type\":\"small\"", end["processing.models"], StringComparison.Ordinal);
        }

        taken.Sort();
        Report("Cancel to the model's request closed", taken);
        Assert.True((Release.IsFull ? taken[(int)(taken.Count * 0.99) - 1] : Median(taken)) < 500);
    }

    [Fact]
    public async Task A_cancel_that_comes_late_never_touches_a_newer_turn()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        for (var run = 0; run < 20; run++)
        {
            var old = await conversation.StreamAsync("First", Said.Fast);
            var rest = new TaskCompletionSource();
            model.Then(OpenAiAnswer.Streams("Second ", "one.") with { Until = rest.Task, UntilAfterChunks = 1 });
            await using var stream = await conversation.OpenStreamAsync(new Said("Second", Said.Fast));
            await stream.UntilAsync(e => e.Type == "token");
            var late = await host.Client.DeleteAsync($"/api/turns/{old.TurnId}");
            Assert.Equal((200, "done"), (late.Status, late["status"]));
            rest.SetResult();
            Assert.Equal("Second one.", (await stream.UntilAsync(e => e.IsTerminal))["fullText"]);
        }
    }

    [Fact]
    public async Task A_cancel_can_be_repeated_and_one_of_a_turn_that_waits_for_its_room_ends_it_at_once()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Otherwise = OpenAiAnswer.Stalls();
        await using var host = await VivaceHost.StartAsync(model.Settings);
        var conversation = await host.Client.ConverseAsync();
        await using var running = await conversation.OpenStreamAsync(new Said("Runs", Said.Fast));
        await model.TalkAsync();
        await using var waiting = await conversation.OpenStreamAsync(new Said("Waits", Said.Fast));
        var accepted = (await waiting.NextAsync())!;
        Assert.Equal((200, "cancelled"), await CancelAsync(host, accepted["turnId"]));
        Assert.Equal((200, "cancelled"), await CancelAsync(host, accepted["turnId"]));
        Assert.Equal("cancelled", (await waiting.UntilAsync(e => e.IsTerminal)).Type);
        Assert.Single(model.Talks);
        var first = (await running.NextAsync())!;
        await CancelAsync(host, first["turnId"]);
        Assert.Equal("cancelled", (await running.UntilAsync(e => e.IsTerminal)).Type);
        Assert.Equal(404, (await host.Client.DeleteAsync("/api/turns/unknown")).Status);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task What_is_said_after_a_cancel_is_answered_while_the_old_turn_sits_in_an_action_that_ignores_it()
    {
        var runs = Release.Size(20, 200);
        await using var model = await OpenAiStandIn.StartAsync();
        using var release = new CancellationTokenSource();
        var setup = new VivaceSetup
        {
            Settings = model.Settings,
            Configure = services => services.AddSingleton<ICapability>(new DeafAction(release.Token)),
        };
        await using var host = await VivaceHost.StartAsync(setup);
        var conversation = await host.Client.ConverseAsync();
        var taken = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            model.Then(OpenAiAnswer.CallsTool(DeafAction.Name, "{}"), OpenAiAnswer.Says($"Answer {run}"));
            await using var old = await conversation.OpenStreamAsync(new Said("Do something long", null, Voice));
            var turn = (await old.NextAsync())!["turnId"];
            await Eventually.TrueAsync(() => DeafAction.Entered > run);
            var asked = Stopwatch.GetTimestamp();
            await host.Client.DeleteAsync($"/api/turns/{turn}");
            var said = conversation.StreamAsync(new Said("Never mind", null, Voice));
            var request = await model.TalkAsync((2 * run) + 1);
            taken.Add(Stopwatch.GetElapsedTime(asked, request.ReceivedAt).TotalMilliseconds);
            Assert.Equal($"Answer {run}", (await said).Text);
            Assert.Equal("cancelled", (await old.UntilAsync(e => e.IsTerminal)).Type);
        }

        await release.CancelAsync();
        taken.Sort();
        Report("Cancel to the next turn's model request", taken);
        Assert.True((Release.IsFull ? taken[^1] : Median(taken)) < 600);
    }

    [Fact]
    public async Task Two_owners_who_name_the_same_room_do_not_delay_each_other()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        model.Decide = request => request.Prompt("user") == "Stall" ? OpenAiAnswer.Stalls() : null;
        await using var host = await VivaceHost.StartAsync([.. model.Settings, .. Keys.Settings(("ana", "ka", "user"), ("bob", "kb", "user"))]);
        using (var store = new SqliteStore(new SqliteOptions { Folder = host.Folder }))
        {
            foreach (var owner in new[] { "ana", "bob" })
            {
                var conversation = new StoredConversation { Id = $"of-{owner}", Title = "t", RoomId = "same", CreatedAt = DateTimeOffset.UtcNow, UpdatedAt = DateTimeOffset.UtcNow };
                await store.Conversations.CreateAsync($"key:{owner}", conversation, CancellationToken.None);
            }
        }

        var (anas, bobs) = (new Conversation(host.WithKey("ka"), "of-ana", "same"), new Conversation(host.WithKey("kb"), "of-bob", "same"));
        await using var stalled = await anas.OpenStreamAsync(new Said("Stall", Said.Fast));
        await model.TalkAsync();
        var reply = await bobs.StreamAsync("Hello", Said.Fast).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("done", reply.Terminal.Type);
    }

    private static async Task<(int, string?)> CancelAsync(VivaceHost host, string? turnId)
    {
        var answer = await host.Client.DeleteAsync($"/api/turns/{turnId}");
        return (answer.Status, answer["status"]);
    }

    /// <summary>What is judged of few runs: their slowest tell of the machine.</summary>
    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private void Report(string what, List<double> sorted)
        => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}, {sorted.Count} runs: p50 {Median(sorted):0.0} ms, p99 {sorted[(int)(sorted.Count * 0.99) - 1]:0.0} ms, most {sorted[^1]:0.0} ms"));

    /// <summary>Does not listen.</summary>
    private sealed class DeafAction(CancellationToken released) : IAgentAction
    {
        public const string Name = "DEAF_ACTION";

        private static int entered;

        public static int Entered => Volatile.Read(ref entered);

        public CapabilityDescriptor Descriptor { get; } = new() { Name = Name, Description = "Takes long.", Tags = ["test"] };

        public JsonElement Parameters => JsonSchemas.Nothing;

        public async ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref entered);
            await Task.Delay(Timeout.Infinite, released).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new ActionOutcome("late", "late");
        }
    }
}
