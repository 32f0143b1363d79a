using System.Text;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.BadInput;

public sealed class MessageBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"text":"a",}""")]
    [InlineData("""{"text":"a"} {}""")]
    [InlineData("""{"text":"a"/*c*/}""")]
    [InlineData("""{"text":"a","text":"b"}""")]
    [InlineData("""{"text":"a","te\u0078t":"b"}""")]
    [InlineData("""{"\ud83d":"a"}""")]
    [InlineData("""{"text":"a","\ud83dext":1,"\ud83dext":2}""")]
    [InlineData("""{"text":"a","processing":{"mo\ud83dde":1}}""")]
    [InlineData("""{"text":"a","processing":{"mode":"fast","mode":"default"}}""")]
    public async Task A_body_that_is_no_single_well_formed_object_is_refused(string body)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        await conversation.AssertRefusedAsync(await conversation.PostAsync(body), 400);
    }

    [Theory]
    [InlineData("{}", "/text")]
    [InlineData("""{"text":null}""", "/text")]
    [InlineData("""{"text":5}""", "/text")]
    [InlineData("""{"text":["a"]}""", "/text")]
    [InlineData("""{"text":""}""", "/text")]
    [InlineData("""{"text":" \t\r\n\u00a0\u2003"}""", "/text")]
    [InlineData("""{"text":"half \ud83d a pair"}""", "/text")]
    [InlineData("""{"text":"other half \ude00"}""", "/text")]
    [InlineData("""{"text":"a","processing":[]}""", "/processing")]
    [InlineData("""{"text":"a","processing":"fast"}""", "/processing")]
    [InlineData("""{"text":"a","processing":5}""", "/processing")]
    [InlineData("""{"text":"a","processing":{"mode":5}}""", "/processing/mode")]
    [InlineData("""{"text":"a","processing":{"mode":"FAST"}}""", "/processing/mode")]
    [InlineData("""{"text":"a","processing":{"mode":""}}""", "/processing/mode")]
    [InlineData("""{"text":"a","processing":{"mode":["fast"]}}""", "/processing/mode")]
    [InlineData("""{"text":"a","processing":{"mode":"\ud83d"}}""", "/processing/mode")]
    [InlineData("""{"text":"a","processing":{"profile":"Fast_V1"}}""", "/processing/profile")]
    [InlineData("""{"text":"a","processing":{"profile":""}}""", "/processing/profile")]
    [InlineData("""{"text":"a","processing":{"profile":"../default"}}""", "/processing/profile")]
    [InlineData("""{"text":"a","processing":{"profile":1}}""", "/processing/profile")]
    [InlineData("""{"text":"a","processing":{"reason":false}}""", "/processing/reason")]
    [InlineData("""{"text":"a","channelType":"dm"}""", "/channelType")]
    [InlineData("""{"text":"a","channelType":0}""", "/channelType")]
    [InlineData("""{"text":"a","channelType":"\ud83d"}""", "/channelType")]
    [InlineData("""{"text":"a","clientMessageId":"\ud83d"}""", "/clientMessageId")]
    [InlineData("""{"text":"a","clientMessageId":7}""", "/clientMessageId")]
    [InlineData("""{"text":"a","clientMessageId":""}""", "/clientMessageId")]
    public async Task A_member_of_the_wrong_kind_is_pointed_at(string body, string pointer)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var answer = await conversation.PostAsync(body);
        await conversation.AssertRefusedAsync(answer, 400);
        Assert.Equal([pointer], answer.Pointers());
    }

    [Fact]
    public async Task A_mode_in_the_wrong_case_is_refused_in_these_words()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var answer = await conversation.SayAsync("Hi", """{"mode":"Fast"}""");
        await conversation.AssertRefusedAsync(answer, 400);
        Assert.Equal("processing.mode must be \"default\" or \"fast\"", answer["errors.0.detail"]);
    }

    [Fact]
    public async Task All_faults_of_a_body_are_reported_together()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var body = $$$"""{"text":"","processing":{"mode":1,"profile":"A","reason":"{{{new string('r', 201)}}}"},"channelType":"X","clientMessageId":"{{{new string('c', 129)}}}"}""";
        var answer = await conversation.PostAsync(body);
        await conversation.AssertRefusedAsync(answer, 400);
        Assert.Equal(
            ["/text", "/processing/mode", "/processing/profile", "/processing/reason", "/channelType", "/clientMessageId"], answer.Pointers());
    }

    [Theory]
    [InlineData(16_384, 200)]
    [InlineData(16_385, 400)]
    public async Task A_text_has_at_most_16384_characters(int length, int status)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var answer = await conversation.SayAsync(new string('x', length));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 2 : 0, (await conversation.HistoryAsync()).Count);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("""{"a":""", "}")]
    public async Task Deep_nesting_is_refused(string open, string close)
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var nested = string.Concat(Enumerable.Repeat(open, 5000)) + "1" + string.Concat(Enumerable.Repeat(close, 5000));
        await conversation.AssertRefusedAsync(await conversation.PostAsync($$"""{"text":"a","x":{{nested}}}"""), 400);
    }

    [Theory]
    [InlineData(31, 200)]
    [InlineData(32, 400)]
    public async Task A_body_nests_at_most_32_levels_and_is_told_so(int inner, int status)
    {
        await using var host = await VivaceHost.StartAsync();
        var answer = await (await host.Client.ConverseAsync()).PostAsync($$"""{"text":"Hi","x":{{new string('[', inner)}}{{new string(']', inner)}}}""");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 400 ? "The body nests deeper than 32 levels." : null, answer["detail"]);
    }

    [Theory]
    [InlineData("""{"text":"a","text":"b"}""", "The body repeats the member \"text\".")]
    [InlineData("""{"text":"a","x":[{"y":1},{"y":1,"y":2}]}""", "The body repeats the member \"y\".")]
    [InlineData("""{"text":"a","te\u0078t":"b"}""", "The body repeats the member \"text\".")]
    [InlineData("""{"text":"a","text":"b" """, "The body is not well-formed JSON: stopped at line 1, byte 24.")]
    [InlineData("{\n\"text\":a}", "The body is not well-formed JSON: stopped at line 2, byte 8.")]
    public async Task What_is_wrong_with_the_form_of_a_body_is_told_apart(string body, string detail)
    {
        await using var host = await VivaceHost.StartAsync();
        var answer = await (await host.Client.ConverseAsync()).PostAsync(body);
        Assert.Equal((400, detail), (answer.Status, answer["detail"]));
    }

    [Fact]
    public async Task Invalid_utf_8_is_refused()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        byte[][] invalid = [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]];
        foreach (var bytes in invalid)
        {
            byte[] body = [.. "{\"text\":\"a"u8, .. bytes, .. "\"}"u8];
            await conversation.AssertRefusedAsync(await conversation.PostAsync(VivaceClient.Json(body)), 400);
        }

        await conversation.AssertRefusedAsync(await conversation.PostAsync(VivaceClient.Json(Encoding.Unicode.GetBytes("{\"text\":\"a\"}"))), 400);
    }

    [Fact]
    public async Task Unknown_members_are_ignored()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var answer = await conversation.PostAsync("""{"text":"Hi","metadata":{"a":[1]},"processing":{"speed":11},"Text":"other"}""");
        Assert.Equal((200, "default"), (answer.Status, answer["processing.effective.mode"]));
        Assert.Equal("Hi", (await conversation.HistoryAsync())[0].Text);
    }
}
