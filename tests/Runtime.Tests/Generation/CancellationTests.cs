using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Providers;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Tests.Drivers;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.Generation;

public sealed class CancellationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_a_turn_reaches_the_model_call(bool streamed)
    {
        var called = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        using var model = new ScriptedModel("any", async (_, cancellation) =>
        {
            called.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                cancelled.SetResult();
            }

            return ScriptedAnswer.Say("never");
        });
        await using var app = new TestApp(model, model);
        var conversation = await app.ConverseAsync();
        using var cancel = new CancellationTokenSource();
        var running = app.SayAsync(conversation, "Hi", ProcessingMode.Fast, streamed, cancellation: cancel.Token);
        await called.Task;

        await cancel.CancelAsync();

        Assert.Equal(TurnStatus.Cancelled, (await running).Status);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([MessageRole.User], (await app.HistoryAsync(conversation)).Select(m => m.Role));
    }

    [Fact]
    public async Task A_cancelled_stream_keeps_the_text_that_was_shown()
    {
        using var model = new StallingModel("Once upon a time there ");
        await using var app = new TestApp(model, model);
        var conversation = await app.ConverseAsync();
        using var cancel = new CancellationTokenSource();
        var running = app.SayAsync(conversation, "Tell me a story", ProcessingMode.Fast, streamed: true, cancellation: cancel.Token);
        await model.Stalled.Task;

        await cancel.CancelAsync();

        var result = await running;
        Assert.Equal(TurnStatus.Cancelled, result.Status);
        Assert.StartsWith("Once upon a time", result.Text, StringComparison.Ordinal);
        Assert.Equal(result.Text, (await app.HistoryAsync(conversation))[^1].Text);
    }

    [Fact]
    public async Task The_profiles_deadline_ends_a_turn_whose_model_stalls()
    {
        using var model = new StallingModel("Once ");
        await using var app = new TestApp(model, model);
        Directory.CreateDirectory(Path.Combine(app.Folder, "profiles"));
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "profiles", "quick.json"), """{ "profile": "quick", "mode": "fast", "model": { "size": "small" }, "generation": { "deadlineSeconds": 0.2 } }""");

        var result = await app.SayAsync(await app.ConverseAsync(), new Vivace.Contracts.Messages.SendMessageRequest { Text = "Hi", Processing = new ProcessingRequest { Profile = "quick" } }, streamed: true);

        Assert.Equal((TurnStatus.Failed, TurnFailure.Deadline), (result.Status, result.Failure));
    }

    [Fact]
    public async Task A_provider_that_ignores_its_deadline_is_left_out_and_reported()
    {
        using var model = new ScriptedModel("any", request => ScriptedAnswer.For(request, "Hello."));
        await using var app = new TestApp(model, model, services => services.AddSingleton<ICapability, StuckProvider>());
        Directory.CreateDirectory(Path.Combine(app.Folder, "profiles"));
        await File.WriteAllTextAsync(Path.Combine(app.Folder, "profiles", "brief.json"), """{ "profile": "brief", "mode": "default", "context": { "deadlineSeconds": 0.1 } }""");

        var result = await app.SayAsync(await app.ConverseAsync(), new Vivace.Contracts.Messages.SendMessageRequest { Text = "Hi", Processing = new ProcessingRequest { Profile = "brief" } });

        Assert.Equal("Hello.", result.Text);
        var row = await app.Services.GetRequiredService<ITurnStore>().FindAsync("local", result.TurnId, default);
        Assert.Contains("\"name\":\"STUCK\",\"outcome\":\"timeout\"", row!.Used, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_ignores_cancellation_is_left_behind_and_shows_nothing()
    {
        var release = new TaskCompletionSource();
        using var model = new ScriptedModel("any", _ => ScriptedAnswer.Call("STUCK_ACTION"));
        await using var app = new TestApp(model, model, services => services.AddSingleton<ICapability>(new StuckAction(release.Task)));
        var conversation = await app.ConverseAsync();
        using var cancel = new CancellationTokenSource();
        var running = app.SayAsync(conversation, "Hi", ProcessingMode.Default, streamed: true, cancellation: cancel.Token);
        await Eventually(() => model.Requests.Count == 1);

        await cancel.CancelAsync();
        var result = await running.WaitAsync(TimeSpan.FromSeconds(10));

        release.SetResult();
        Assert.Equal((TurnStatus.Cancelled, ""), (result.Status, result.Text));
        Assert.Single(await app.HistoryAsync(conversation));
    }

    private static async Task Eventually(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class StuckAction(Task until) : IAgentAction
    {
        public CapabilityDescriptor Descriptor { get; } = new() { Name = "STUCK_ACTION", Description = "Never ends.", Tags = ["test"] };

        public JsonElement Parameters => JsonSchemas.Nothing;

        public async ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        {
            await until;
            return new ActionOutcome("late", "late");
        }
    }

    private sealed class StuckProvider : IContextProvider
    {
        public CapabilityDescriptor Descriptor { get; } = new() { Name = "STUCK", Description = "Never ends.", Tags = ["test"] };

        public async ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task;
            return ContextContribution.None;
        }
    }

    /// <summary>Streams a beginning and then nothing until it is cancelled.</summary>
    private sealed class StallingModel(string beginning) : IChatClient
    {
        public TaskCompletionSource Stalled { get; } = new();

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new ChatResponse();
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, beginning);
            Stalled.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
