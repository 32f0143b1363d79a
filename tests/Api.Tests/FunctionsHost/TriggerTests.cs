using Microsoft.Data.Sqlite;
using Vivace.Api.Bus;
using Vivace.Api.Flags;
using Vivace.Api.Tests.Auth;
using Vivace.Api.Tests.BadInput;
using Vivace.Testing.FunctionsHost;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.Streams;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>The application as the custom handler of a host whose triggers bring its work from a broker that both reach.</summary>
public sealed class TriggerTests
{
    private const string Success = """{"Outputs":{},"Logs":[],"ReturnValue":null}""";
    private const string NoSuchTurn = """{"turnId":"none"}""";

    private static readonly string[] Key = Keys.Settings(("ann", "key-of-ann", "user"));

    public static TheoryData<string> MessageNames => [.. HostRecording.All.Select(r => r.Name).Where(n => n.StartsWith("sb-", StringComparison.Ordinal))];

    public static TheoryData<string> TimerNames => [.. HostRecording.All.Select(r => r.Name).Where(n => n.StartsWith("timer-", StringComparison.Ordinal))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_streamed_turn_runs_when_its_trigger_comes_and_once_if_that_comes_twice(bool asValueOfItsSection)
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(asValueOfItsSection ? broker.HostSetting : broker.Setting);
        var conversation = await host.WithKey("key-of-ann").ConverseAsync();
        var streaming = conversation.StreamAsync("Hello");
        var turn = await AcceptedAsync(conversation);
        Assert.Equal("running", (await conversation.TurnAsync(turn))["status"]);
        var call = TriggerCall.Message($$"""{"turnId":"{{turn}}"}""");
        AssertSuccess(await host.Client.PostAsync("/ProcessTurn", call));
        AssertSuccess(await host.Client.PostAsync("/ProcessTurn", call));
        var reply = await streaming;
        Assert.Empty(reply.Faults());
        Assert.Equal("done", reply.Terminal.Type);
        Assert.Equal(2, (await conversation.HistoryAsync()).Count);
    }

    [Fact]
    public async Task Deferred_evaluations_run_when_their_trigger_comes()
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup
        {
            Settings = [.. Key, broker.Setting],
            AsFunctionsHandler = true,
            Files = new Dictionary<string, string> { ["flags.json"] = DemoFlags.Json },
        });
        var conversation = await host.WithKey("key-of-ann").ConverseAsync();
        var turn = (await conversation.SayAsync("My name is Ada", Said.Fast))["turnId"];
        Assert.Equal(["pending"], await EvaluationsAsync(conversation, turn));
        AssertSuccess(await host.Client.PostAsync("/RunEvaluation", TriggerCall.Message($$"""{"turnId":"{{turn}}"}""")));
        Assert.Equal(["completed"], await EvaluationsAsync(conversation, turn));
    }

    [Theory]
    [MemberData(nameof(MessageNames))]
    public async Task A_recorded_message_that_is_not_ours_is_dropped_and_one_whose_metadata_may_be_forged_is_refused(string name)
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        var forgeable = name.StartsWith("sb-string", StringComparison.Ordinal) && name != "sb-string-empty";
        foreach (var path in new[] { "/ProcessTurn", "/RunEvaluation" })
        {
            var answer = await RawHttp.SendAsync(host.Address, (HostRecording.Read(name) with { Target = path }).ToBytes());
            Assert.Equal(forgeable ? 400 : 200, answer.Status);
            Assert.Contains(forgeable ? "dataType binary" : Success, answer.Body, StringComparison.Ordinal);
            Assert.Contains(forgeable ? "application/problem+json" : "application/json", answer.Head, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(TimerNames))]
    public async Task A_recorded_timer_sweeps_and_drains(string name)
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        foreach (var path in new[] { "/SweepOutbox", "/DrainDeadLetters" })
        {
            var answer = await RawHttp.SendAsync(host.Address, (HostRecording.Read(name) with { Target = path }).ToBytes());
            Assert.Equal(200, answer.Status);
            Assert.Contains(Success, answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_turn_whose_message_was_dead_lettered_ends_failed_when_the_timer_comes()
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        var conversation = await host.WithKey("key-of-ann").ConverseAsync();
        var streaming = conversation.StreamAsync("Hello");
        var turn = await AcceptedAsync(conversation);
        await DeadLetterAsync(broker, conversation);
        AssertSuccess(await host.Client.PostAsync("/DrainDeadLetters", TriggerCall.Timer));
        Assert.Equal("failed", (await conversation.TurnAsync(turn))["status"]);
        Assert.Equal("error", (await streaming).Terminal.Type);
    }

    [Fact]
    public async Task A_dead_letter_that_cannot_be_handled_does_not_keep_others_waiting()
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        List<(Conversation Conversation, Task<StreamedReply> Streaming, string Turn)> sent = [];
        foreach (var _ in (int[])[0, 1])
        {
            var conversation = await host.WithKey("key-of-ann").ConverseAsync();
            var streaming = conversation.StreamAsync("Hello");
            sent.Add((conversation, streaming, await AcceptedAsync(conversation)));
            await DeadLetterAsync(broker, conversation);
        }

        var (broken, whole) = (sent[0], sent[1]);
        Execute(host, $"UPDATE turns SET processing = '[]' WHERE id = '{broken.Turn}'");
        AssertSuccess(await host.Client.PostAsync("/DrainDeadLetters", TriggerCall.Timer));
        Assert.Equal("failed", (await whole.Conversation.TurnAsync(whole.Turn))["status"]);
        Assert.Equal("error", (await whole.Streaming).Terminal.Type);
        Assert.False(broken.Streaming.IsCompleted);
    }

    [Theory]
    [InlineData("/ProcessTurn", "turns")]
    [InlineData("/RunEvaluation", "evaluations")]
    [InlineData("/SweepOutbox", "turns")]
    public async Task A_handler_that_fails_answers_so_that_the_host_tries_again(string path, string table)
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        var call = Calls().Single(c => c.Path == path).Call;
        Rename(host, table, "gone");
        (await host.Client.PostAsync(path, call)).AssertProblem(500);
        Rename(host, "gone", table);
        AssertSuccess(await host.Client.PostAsync(path, call));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"Data":{},"Metadata":{}}""")]
    public async Task What_is_no_call_of_the_host_is_refused(string body)
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        foreach (var path in new[] { "/ProcessTurn", "/RunEvaluation", "/SweepOutbox", "/DrainDeadLetters" })
        {
            (await host.Client.PostAsync(path, body)).AssertProblem(400);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("x-forwarded-host", "api.example.test")]
    [InlineData("X-FORWARDED-PROTO", "https")]
    [InlineData("X-Forwarded-Anything", "1")]
    [InlineData("X-Forwarded-For", "")]
    public async Task A_public_request_finds_no_trigger(string header, string value)
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var host = await StartAsync(broker.Setting);
        foreach (var (path, call) in Calls())
        {
            AssertSuccess(await host.Client.PostAsync(path, call));
            foreach (var spelled in new[] { path, path.ToUpperInvariant(), path.ToLowerInvariant(), path + "/" })
            {
                (await host.As(header, value, "X-Api-Key", "key-of-ann").PostAsync(spelled, call)).AssertProblem(404);
            }

            (await host.As(header, value).GetAsync(path)).AssertProblem(404);
            (await host.Client.GetAsync(path)).AssertProblem(404);
        }
    }

    [Fact]
    public async Task There_are_no_triggers_standing_alone_nor_with_a_broker_that_the_host_cannot_reach()
    {
        await using var broker = await SharedBroker.StartAsync();
        await using var alone = await VivaceHost.StartAsync(broker.Setting);
        await using var embedded = await VivaceHost.AsFunctionsHandlerAsync("ServiceBus:Embedded:Port=0");
        foreach (var (path, call) in Calls())
        {
            (await alone.Client.PostAsync(path, call)).AssertProblem(404);
            (await embedded.Client.PostAsync(path, call)).AssertProblem(404);
        }
    }

    private static (string Path, string Call)[] Calls() =>
    [
        ("/ProcessTurn", TriggerCall.Message(NoSuchTurn)),
        ("/RunEvaluation", TriggerCall.Message(NoSuchTurn)),
        ("/SweepOutbox", TriggerCall.Timer),
        ("/DrainDeadLetters", TriggerCall.Timer),
    ];

    /// <summary>Takes a table away from the running store, or gives it back.</summary>
    private static void Rename(VivaceHost host, string table, string name) => Execute(host, $"ALTER TABLE {table} RENAME TO {name}");

    private static void Execute(VivaceHost host, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "vivace.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Has the broker give up the message of the conversation's turn.</summary>
    private static async Task DeadLetterAsync(SharedBroker broker, Conversation conversation)
    {
        await using var client = broker.Connect();
        await using var session = await client.AcceptSessionAsync(Queues.Turns, Queues.SessionOf("key:ann", conversation.RoomId));
        var message = await session.ReceiveMessageAsync(TimeSpan.FromSeconds(10));
        await session.DeadLetterMessageAsync(message!, "tried too often");
    }

    private static Task<VivaceHost> StartAsync(string bus) => VivaceHost.AsFunctionsHandlerAsync([.. Key, bus]);

    /// <summary>The turn of the first message, once that is stored.</summary>
    private static async Task<string> AcceptedAsync(Conversation conversation)
        => (await Eventually.GetAsync(conversation.HistoryAsync, history => history.Count > 0))[0].TurnId;

    /// <summary>The statuses that the turn's evaluations are in.</summary>
    private static async Task<IEnumerable<string?>> EvaluationsAsync(Conversation conversation, string? turn)
        => (await conversation.TurnAsync(turn)).Json.GetProperty("evaluations").EnumerateArray().Select(e => e.At("status")).Distinct();

    private static void AssertSuccess(Answer answer) => Assert.Equal((200, "application/json", Success), (answer.Status, answer.MediaType, answer.Body));
}
