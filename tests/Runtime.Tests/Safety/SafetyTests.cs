using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Tests.Drivers;
using Xunit.Abstractions;

namespace Vivace.Runtime.Tests.Safety;

public sealed class SafetyTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_hundred_unsafe_inputs_end_equally_in_both_modes_streamed_or_not()
    {
        using var model = new ScriptedModel("any", request => ScriptedAnswer.For(request, "It was let through."));
        await using var app = new TestApp(model, model);
        var inputs = UnsafeTexts.Inputs().Take(200).ToArray();
        Assert.Equal(200, inputs.Length);
        foreach (var input in inputs)
        {
            foreach (var (text, shown, blocked, _) in await EveryWayAsync(app, input))
            {
                Assert.True(blocked, input);
                Assert.Equal("I can't help with that.", text);
                Assert.Equal("", shown);
            }
        }

        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task Two_hundred_unsafe_outputs_end_equally_and_are_neither_sent_nor_stored()
    {
        var say = "";
        var chunk = 1;
        using var model = new ScriptedModel("any", request => request.IsEvaluation ? ScriptedAnswer.Say("50") : ScriptedAnswer.Say(say, chunk));
        await using var app = new TestApp(model, model);
        var outputs = UnsafeTexts.Outputs().Take(200).ToArray();
        Assert.Equal(200, outputs.Length);
        for (var i = 0; i < outputs.Length; i++)
        {
            (say, chunk) = (outputs[i].Whole, 1 + (i % 11));
            foreach (var (text, shown, blocked, stored) in await EveryWayAsync(app, "Hello"))
            {
                Assert.True(blocked, outputs[i].Whole);
                Assert.Equal("I can't say that.", text);
                var start = outputs[i].Whole.IndexOf(outputs[i].Unsafe, StringComparison.Ordinal);
                Assert.True(shown.Length <= start + 1, $"Shown of \"{outputs[i].Unsafe}\": \"{shown}\"");
                Assert.True(outputs[i].Whole.StartsWith(shown, StringComparison.Ordinal), "What was shown is the safe beginning.");
                Assert.Equal("I can't say that.", stored);
            }
        }

        output.WriteLine($"{outputs.Length} outputs, 4 ways each");
    }

    [Theory]
    [InlineData("Building a bombastic speech takes time.")]
    [InlineData("The task is to sk- nothing.")]
    [InlineData("A letter may begin privately. Key facts follow; a keylogger is installed on none.")]
    [InlineData("emoji 😀😀 and naïve café, 日本語のテキスト")]
    [InlineData("")]
    public async Task Harmless_text_comes_through_unchanged_in_any_chunking(string text)
    {
        for (var length = 1; length <= 9; length++)
        {
            var size = length;
            using var model = new ScriptedModel("any", request => request.IsEvaluation ? ScriptedAnswer.Say("50") : ScriptedAnswer.Say(text, size));
            await using var app = new TestApp(model, model);
            foreach (var (said, shown, blocked, stored) in await EveryWayAsync(app, "Hello"))
            {
                Assert.False(blocked);
                Assert.Equal(text.Length == 0 ? "Sorry, I have no answer to that." : text, said);
                Assert.Equal(said, stored);
                Assert.True(shown == said || shown.Length == 0);
            }
        }
    }

    private static async Task<IReadOnlyList<(string Text, string Shown, bool Blocked, string Stored)>> EveryWayAsync(TestApp app, string input)
    {
        var results = new List<(string, string, bool, string)>();
        foreach (var mode in new[] { ProcessingMode.Default, ProcessingMode.Fast })
        {
            foreach (var streamed in new[] { false, true })
            {
                var conversation = await app.ConverseAsync();
                var request = new SendMessageRequest { Text = input, Processing = new ProcessingRequest { Mode = mode } };
                var turn = await app.AcceptAsync(conversation, request, streamed);
                var result = await app.RunAsync(turn);
                var shown = string.Concat(app.Shown(turn, result));
                var history = await app.HistoryAsync(conversation);
                results.Add((result.Text, shown, result.Blocked, history.Single(m => m.Role == MessageRole.Assistant).Text));
            }
        }

        return results;
    }
}
