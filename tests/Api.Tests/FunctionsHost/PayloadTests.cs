using System.Globalization;
using System.Text;
using Vivace.Api.Triggers;
using Vivace.Testing.FunctionsHost;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>Every recorded call of a trigger is read as what the broker and the timer meant.</summary>
public sealed class PayloadTests
{
    private const string Hello = """{"text":"hello","turn":3,"nested":{"a":[1,2,null]}}""";
    private const string Spoof = """{"sessionId":"EVIL","deliveryCount":99,"text":"hi","MessageId":"evil-id","sys":{"MethodName":"x"}}""";
    private const string Greeting = "Grüße, 日本語 🎉 \"quoted\"\\ \n line two <b>&\u2028";
    private const string Tenant = "Diagnostic-Id=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 (String), attempt=1 (Int64), tenant=t1 (String)";

    private static readonly byte[] NoText = [0, 1, 2, 0x7f, 0x80, 0xc3, 0x28, 0xff, 0xfe, 13, 10, 13, 10, .. Enumerable.Range(0xc8, 0x38).Select(b => (byte)b)];

    private static readonly Dictionary<string, string[]> Messages = new()
    {
        ["sb-binary-json"] = [Line("m-0001", "conv-1", 1, 42, "2026-11-23 20:00:01.000", Tenant, Hello)],
        ["sb-binary-spoof"] = [Line("m-0002", "conv-1", 2, 43, "2026-11-23 20:00:02.000", Tenant, Spoof)],
        ["sb-binary-utf8-text"] = [Line("m-0003", "conv-1", 1, 44, "2026-11-23 20:00:03.000", Tenant, Greeting)],
        ["sb-binary-empty"] = [Line("m-0004", "conv-1", 1, 45, "2026-11-23 20:00:04.000", Tenant, "")],
        ["sb-binary-non-json"] = [Line("m-0005", "conv-1", 1, 46, "2026-11-23 20:00:05.000", Tenant, NoText)],
        ["sb-binary-no-optional-properties"] = [Line("m-0006", "conv-1", 1, 47, "2026-11-23 20:00:06.000", "", Hello)],
        ["sb-binary-no-session"] = [Line("m-0007", null, 1, 48, "2026-11-23 20:00:07.000", Tenant, Hello)],
        ["sb-binary-odd-session"] = [Line("m-0008", """tenant/ü "x"\42""", 1, 49, "2026-11-23 20:00:08.000", Tenant, Hello)],
        ["sb-binary-json-5k"] = [Line("m-0041", "conv-1", 1, 82, "2026-11-23 20:00:01.000", Tenant, $$"""{"text": "{{new string('x', 5000)}}"}""")],
        ["sb-many-binary"] =
        [
            Line("m-0021", "conv-1", 1, 62, "2026-11-23 20:00:01.123", Tenant, Hello),
            Line("m-0022", "conv-1", 3, 63, "2026-11-23 20:00:02.123", Tenant, Spoof),
            Line("m-0023", "conv-1", 1, 64, "2026-11-23 20:00:03.123", Tenant, Greeting),
        ],
        ["sb-many-binary-one"] = [Line("m-0024", "conv-1", 1, 65, "2026-11-23 20:00:04.123", Tenant, Hello)],
        ["sb-retry-attempt-0"] = [Line("m-0031", "conv-1", 1, 72, "2026-11-23 20:00:01.000", Tenant, Hello)],
        ["sb-retry-attempt-1"] = [Line("m-0031", "conv-1", 1, 72, "2026-11-23 20:00:01.000", Tenant, Hello)],
        ["sb-retry-attempt-2"] = [Line("m-0031", "conv-1", 1, 72, "2026-11-23 20:00:01.000", Tenant, Hello)],

        // Not under dataType binary, but nothing that could have overwritten anything.
        ["sb-string-empty"] = [Line("m-0014", "conv-1", 1, 55, "2026-11-23 20:00:04.000", Tenant, "")],
    };

    /// <summary>Not under dataType binary: what is said of these messages may be the sender's word.</summary>
    private static readonly string[] Refused = ["sb-string-json", "sb-string-spoof", "sb-string-utf8-text", "sb-string-non-json"];

    private static readonly Dictionary<string, TimerCall> Timers = new()
    {
        ["timer-run-on-startup"] = new(false, new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        ["timer-scheduled"] = new(false, new(2026, 11, 23, 20, 40, 0, TimeSpan.Zero)),
        ["timer-retry-attempt-0"] = new(false, new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        ["timer-retry-attempt-1"] = new(false, new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        ["timer-retry-attempt-2"] = new(false, new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
    };

    /// <summary>No calls of triggers.</summary>
    private static readonly string[] Others =
        ["startup-probe", "http-get-query-route", "http-post-json", "http-post-json-chunked-upload", "http-post-no-body", "http-post-sse"];

    public static TheoryData<string> Names => [.. HostRecording.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recorded_call_is_read_as_it_was_meant(string name)
    {
        var body = HostRecording.Read(name).Body;
        var (messages, fault) = TriggerPayload.ReadMessages(body);
        var (timer, timerFault) = TriggerPayload.ReadTimer(body);
        Assert.True(messages is null != fault is null && timer is null != timerFault is null);
        Assert.Equal(Timers.GetValueOrDefault(name), timer);
        if (Messages.TryGetValue(name, out var expected))
        {
            Assert.Equal(expected, messages!.Select(Describe));
            return;
        }

        Assert.Null(messages);
        Assert.Equal(Refused.Contains(name), fault!.Detail!.Contains("dataType binary", StringComparison.Ordinal));
        Assert.True(Refused.Contains(name) || Timers.ContainsKey(name) || Others.Contains(name), $"Nothing is expected of {name}.");
    }

    [Theory]
    [InlineData("\"abc\"", "abc")]
    [InlineData("\"\\\"abc\\\"\"", "abc")]
    [InlineData("\"\\\"a \\\\\\\"b\\\\\\\"\\\"\"", "a \"b\"")]
    [InlineData("\"123\"", "123")]
    [InlineData("123", "123")]
    [InlineData("\"\\\"unfinished\"", "\"unfinished")]
    [InlineData("null", null)]
    public void An_id_is_read_encoded_once_or_twice(string json, string? expected)
        => Assert.Equal(expected, Assert.Single(Read($$"""{"MessageId":{{json}}}""")).MessageId);

    [Theory]
    [InlineData("3", 3L)]
    [InlineData("\"3\"", 3L)]
    [InlineData("\"\\\"3\\\"\"", 3L)]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("\"many\"", null)]
    [InlineData("{}", null)]
    public void A_number_is_read_encoded_or_not(string json, long? expected)
        => Assert.Equal(expected, Assert.Single(Read($$"""{"SequenceNumber":{{json}}}""")).SequenceNumber);

    [Theory]
    [InlineData("\"2026-11-23T20:00:01\"")]
    [InlineData("\"2026-11-23T20:00:01Z\"")]
    [InlineData("\"2026-11-23T20:00:01.000+00:00\"")]
    [InlineData("\"2026-11-23T22:00:01+02:00\"")]
    [InlineData("\"\\\"2026-11-23T20:00:01Z\\\"\"")]
    public void A_time_is_read_with_and_without_its_offset(string json)
        => Assert.Equal(new DateTimeOffset(2026, 11, 23, 20, 0, 1, TimeSpan.Zero), Assert.Single(Read($$"""{"EnqueuedTimeUtc":{{json}}}""")).EnqueuedTimeUtc);

    [Theory]
    [InlineData("""{"a":"x","b":2,"c":1.5,"d":true,"e":null,"f":{"g":1}}""")]
    [InlineData(""" "{\"a\":\"x\",\"b\":2,\"c\":1.5,\"d\":true,\"e\":null,\"f\":{\"g\":1}}" """)]
    public void Properties_are_read_as_an_object_or_as_a_string_that_holds_one(string json)
        => Assert.Equal(
            new Dictionary<string, object> { ["a"] = "x", ["b"] = 2L, ["c"] = 1.5, ["d"] = true },
            Assert.Single(Read($$"""{"ApplicationProperties":{{json}}}""")).ApplicationProperties);

    [Fact]
    public void Quotes_that_belong_to_an_id_are_kept_where_several_messages_share_an_array()
    {
        var messages = Read("""{"SessionIdArray":"[\"\\\"a\\\"\",null]","DeliveryCountArray":[1,2]}""", """ "[\"e30=\",\"e30=\",\"e30=\"]" """);
        Assert.Equal(["\"a\"", null, null], messages.Select(m => m.SessionId));
        Assert.Equal([1, 2, null], messages.Select(m => m.DeliveryCount));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"Data":{"message":"e30="}}""")]
    [InlineData("""{"Data":{"other":"e30="},"Metadata":{}}""")]
    [InlineData("""{"Data":"message","Metadata":{}}""")]
    [InlineData("""{"Data":{"message":null},"Metadata":{}}""")]
    [InlineData("""{"Data":{"message":{}},"Metadata":{}}""")]
    [InlineData("""{"Data":{"message":["e30=",1]},"Metadata":{}}""")]
    [InlineData("""{"Data":{"message":"e30="},"Metadata":{"MessageId":"\ud800"}}""")]
    [InlineData("""{"Data":{"message":"e30="},"Metadata":{}""")]
    public void What_is_no_call_is_refused(string body)
        => Assert.NotNull(TriggerPayload.ReadMessages(Encoding.UTF8.GetBytes(body)).Fault);

    private static IReadOnlyList<TriggerMessage> Read(string metadata, string data = "\"e30=\"")
    {
        var (messages, fault) = TriggerPayload.ReadMessages(Encoding.UTF8.GetBytes($$"""{"Data":{"message":{{data}}},"Metadata":{{metadata}}}"""));
        Assert.Null(fault);
        return messages!;
    }

    private static string Describe(TriggerMessage message) => Line(
        message.MessageId,
        message.SessionId,
        message.DeliveryCount,
        message.SequenceNumber,
        message.EnqueuedTimeUtc?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        string.Join(", ", message.ApplicationProperties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value} ({p.Value.GetType().Name})")),
        message.Body.ToArray());

    private static string Line(string? messageId, string? sessionId, long? deliveries, long? number, string? enqueued, string properties, string body)
        => Line(messageId, sessionId, deliveries, number, enqueued, properties, Encoding.UTF8.GetBytes(body));

    private static string Line(string? messageId, string? sessionId, long? deliveries, long? number, string? enqueued, string properties, byte[] body)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{messageId} in {sessionId ?? "no session"}, delivery {deliveries} of {number}, {enqueued}, [{properties}], {Convert.ToHexString(body)}");
}
