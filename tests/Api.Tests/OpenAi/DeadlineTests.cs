using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.OpenAi;

public sealed class DeadlineTests
{
    private const int WarmUps = 2;

    private const string AsQuick = """{"profile":"quick"}""";

    private const string Quick = """
        {
          "profile": "quick",
          "mode": "fast",
          "model": { "size": "small" },
          "generation": { "maxModelCalls": 1, "retries": 0, "deadlineSeconds": 3 },
          "postEvaluators": { "deferred": true }
        }
        """;

    [Fact]
    public async Task A_model_that_stalls_ends_with_the_profile_s_deadline()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await StartWarmAsync(model);
        model.Otherwise = OpenAiAnswer.Stalls();
        var conversation = await host.Client.ConverseAsync();
        var answer = await conversation.SayAsync("Hi", AsQuick);
        answer.AssertProblem(503);
        Assert.Equal(("fast", "quick"), (answer["processing.effective.mode"], answer["processing.effective.profile"]));
        var turn = await conversation.TurnAsync(answer["turnId"]);
        Assert.Equal(("failed", "deadline", ""), (turn["status"], turn["failure"], turn["text"]));
        await (await model.TalkAsync(WarmUps)).Aborted.WaitAsync(TimeSpan.FromSeconds(30));

        var streamed = await conversation.StreamAsync("Hi", AsQuick);
        Assert.Empty(streamed.Faults());
        Assert.Equal(("error", "deadline-exceeded"), (streamed.Terminal.Type, streamed.Terminal["code"]));
        Assert.Equal(["user", "user"], (await conversation.HistoryAsync()).Select(m => m.Role));
    }

    [Fact]
    public async Task A_model_that_stalls_mid_stream_keeps_what_was_shown()
    {
        await using var model = await OpenAiStandIn.StartAsync();
        await using var host = await StartWarmAsync(model);
        model.Otherwise = OpenAiAnswer.Streams("Once upon a time, ", "never.") with { Until = new TaskCompletionSource().Task, UntilAfterChunks = 1 };
        var conversation = await host.Client.ConverseAsync();
        var streamed = await conversation.StreamAsync("Hi", AsQuick);
        Assert.Empty(streamed.Faults());
        Assert.StartsWith("Once upon", streamed.Text, StringComparison.Ordinal);
        Assert.Equal(("error", "deadline-exceeded"), (streamed.Terminal.Type, streamed.Terminal["code"]));
        var turn = await conversation.EndedTurnAsync(streamed.TurnId);
        Assert.Equal(("failed", streamed.Text), (turn["status"], turn["text"]));
        Assert.Equal(streamed.Text, (await conversation.HistoryAsync())[^1].Text);
    }

    /// <summary>With a first call and a first stream behind it, so that the short deadline measures the model and not the start.</summary>
    private static async Task<VivaceHost> StartWarmAsync(OpenAiStandIn model)
    {
        var host = await VivaceHost.StartAsync(
            new VivaceSetup { Settings = model.Settings, Files = new Dictionary<string, string> { ["profiles/quick.json"] = Quick } });
        var conversation = await host.Client.ConverseAsync();
        await conversation.SayAsync("Warm up", Said.Fast);
        await conversation.StreamAsync("Warm up", Said.Fast);
        return host;
    }
}
