using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vivace.Contracts;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;

namespace Vivace.Runtime.Tests.Wire;

/// <summary>Generated code writes what the context with its encoder writes, to the byte.</summary>
public sealed class WireJsonTests
{
    private static readonly ProcessingReport Report = new()
    {
        Requested = new RequestedProcessing(ProcessingMode.Fast),
        Effective = new EffectiveProcessing(ProcessingMode.Default, "default"),
        DecidedBy = DecidedBy.Message,
        Reason = FallbackReason.UnknownProfile,
        Arm = RolloutArm.Control,
        FlagVersion = "v\"1\"",
        Path = "local",
        Models = [new ModelUse("small", "größe <&>", null, "priority"), new ModelUse("large", "m\u2028", "served\ud83d\ude00", null)],
        Timings = new TurnTimings { TotalMs = 0.1, FirstChunkMs = null, Stages = new Dictionary<string, double> { ["evaluate.pre"] = 1e-7, ["größe \"x\""] = 12345678.901 } },
    };

    [Fact]
    public void A_report_is_written_alike() => AssertAlike(Report, ContractsJson.Default.ProcessingReport, WireJson.Context.ProcessingReport);

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Ünïcödé 日本 😀 <b>&amp;'\"\\/ \u0000\u001f\u007f\u2029 \t\r\n")]
    [InlineData("half a pair \ud83d and on")]
    public void A_reply_is_written_alike(string text)
        => AssertAlike(
            new MessageReply { Text = text, AgentName = text, TurnId = "t", RoomId = "r", Responded = true, Blocked = false, Processing = Report },
            ContractsJson.Default.MessageReply,
            WireJson.Context.MessageReply);

    [Fact]
    public void What_a_turn_used_is_written_alike()
        => AssertAlike(
            new TurnUsage { ProfileHash = "h", Providers = [new CapabilityUse("FACTS", "failed", "größe")], ActionsShown = ["REPLY"], Actions = [], PreEvaluators = [], Reviewers = [] },
            ContractsJson.Default.TurnUsage,
            WireJson.Context.TurnUsage);

    private static void AssertAlike<T>(T value, JsonTypeInfo<T> fast, JsonTypeInfo<T> slow)
    {
        var expected = JsonSerializer.Serialize(value, slow);
        Assert.Equal(expected, WireJson.ToText(value, fast));
        Assert.Equal(expected, Encoding.UTF8.GetString(WireJson.ToUtf8(value, fast).Span));
    }
}
