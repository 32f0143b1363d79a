using System.Text;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Validation;

namespace Vivace.Runtime.Tests.Processing;

public sealed class ProcessingFormTests
{
    public static TheoryData<string, string, string, string> Forms()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var row in TruthTable.Forms)
        {
            data.Add(row[0].Trim('`'), row[1], row[2], row.ElementAtOrDefault(3) ?? "");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_of_processing_means_what_the_table_says(string form, string mode, string profile, string refusal)
    {
        var body = form == "absent" ? """{"text":"hi"}""" : $$"""{"text":"hi","processing":{{form}}}""";

        var parsed = MessageBody.Parse(Encoding.UTF8.GetBytes(body));

        if (refusal.Length > 0)
        {
            Assert.Equal(refusal, Assert.Single(parsed.Faults).Detail);
            return;
        }

        Assert.True(parsed.IsValid);
        Assert.Equal(mode, parsed.Value.Processing?.Mode is { } m ? (m == ProcessingMode.Fast ? "fast" : "default") : "-");
        Assert.Equal(profile, parsed.Value.Processing?.Profile ?? "-");
    }

    [Fact]
    public void Every_fault_of_a_body_is_reported_at_once()
    {
        var body = """{"text":7,"processing":{"mode":"Fast","profile":"UPPER","reason":1},"channelType":"dm","clientMessageId":""}""";

        var parsed = MessageBody.Parse(Encoding.UTF8.GetBytes(body));

        Assert.Equal(
            ["/text", "/processing/mode", "/processing/profile", "/processing/reason", "/channelType", "/clientMessageId"],
            parsed.Faults.Select(f => f.Pointer));
    }

    [Fact]
    public void Unknown_members_are_ignored_and_counted()
    {
        var parsed = MessageBody.Parse("""{"text":"hi","x":1,"processing":{"mode":"fast","y":{},"z":[]}}"""u8.ToArray());

        Assert.True(parsed.IsValid);
        Assert.Equal(3, parsed.UnknownMembers);
    }

    [Fact]
    public void A_reason_has_at_most_200_characters()
    {
        static int Faults(int length)
            => MessageBody.Parse(Encoding.UTF8.GetBytes($$$"""{"text":"hi","processing":{"reason":"{{{new string('r', length)}}}"}}""")).Faults.Count;

        Assert.Equal(0, Faults(200));
        Assert.Equal(1, Faults(201));
    }
}
