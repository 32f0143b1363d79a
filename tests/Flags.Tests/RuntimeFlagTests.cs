using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Vivace.Rollouts.Flags;

namespace Vivace.Flags.Tests;

public sealed class RuntimeFlagTests
{
    [Fact]
    public void The_allocation_is_written_two_ended_with_fast_first()
    {
        var flag = JsonNode.Parse(RuntimeFlag.Write(null, new RolloutAllocation { Seed = "r-7", Percent = 5, Users = ["u"], Groups = ["g"] }))!;
        var expected = """
            {"seed":"r-7","percentile":[{"variant":"fast","from":0,"to":5},{"variant":"control","from":95,"to":100}],
             "user":[{"variant":"fast","users":["u"]}],"group":[{"variant":"fast","groups":["g"]}]}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), flag["allocation"]), flag.ToJsonString());
        Assert.Equal((FlagNames.Runtime, true), ((string)flag["id"]!, (bool)flag["enabled"]!));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.1, 99.9)]
    [InlineData(50, 50)]
    [InlineData(80, 80)]
    [InlineData(100, 100)]
    public void Control_begins_where_it_should(double percent, double from)
    {
        var flag = JsonNode.Parse(RuntimeFlag.Write(null, new RolloutAllocation { Seed = "r", Percent = percent }))!;
        Assert.Equal(from, (double)flag["allocation"]!["percentile"]![1]!["from"]!, 1e-12);
    }

    [Fact]
    public void What_was_written_is_read_back()
        => Gen.Select(Gen.Double[0, 100], Gen.Bool, Gen.String[Gen.Char.AlphaNumeric, 1, 12], Gen.String.Array[0, 3], Gen.String.Array[0, 3]).Sample(
            (percent, enabled, seed, users, groups) =>
            {
                var written = RuntimeFlag.Write(null, new RolloutAllocation { Seed = seed, Percent = percent, Enabled = enabled, Users = users, Groups = groups });
                var read = RuntimeFlag.Read(written);
                Assert.Null(read.Difference);
                Assert.Equal((percent, enabled, seed), (read.Allocation!.Percent, read.Enabled, read.Allocation.Seed));
                Assert.Equal(users, read.Allocation.Users);
                Assert.Equal(groups, read.Allocation.Groups);
            },
            iter: 1000);

    [Fact]
    public void Members_that_it_does_not_know_stay_as_they_are()
    {
        const string stored = """
            {"id":"fast-mode-runtime","description":"d ü","x":{"deep":[1,2.50,"\u00e9"]},"enabled":false,"conditions":{"client_filters":[],"requirement_type":"Any"},
             "variants":[{"name":"off","y":1},{"name":"fast","configuration_value":{"a":1}}],
             "allocation":{"default_when_disabled":"off","default_when_enabled":"off","z":true,"percentile":[{"variant":"off","from":0,"to":100}]},
             "telemetry":{"enabled":true,"metadata":{"m":"1"}}}
            """;
        var now = JsonNode.Parse(RuntimeFlag.Write(stored, new RolloutAllocation { Seed = "r", Percent = 1 }))!;
        var before = JsonNode.Parse(stored)!;
        foreach (var member in new[] { "id", "description", "x", "conditions", "telemetry" })
        {
            Assert.True(JsonNode.DeepEquals(before[member], now[member]), member);
        }

        Assert.True(JsonNode.DeepEquals(before["variants"]![1], now["variants"]![1]));
        Assert.Equal(["off", "fast", "control"], now["variants"]!.AsArray().Select(v => (string)v!["name"]!));
        Assert.Equal(("off", true, "r"), ((string)now["allocation"]!["default_when_disabled"]!, (bool)now["allocation"]!["z"]!, (string)now["allocation"]!["seed"]!));
        Assert.True(RuntimeFlag.Read(now.ToJsonString()).IsRecognised);
    }

    [Fact]
    public void Switching_a_flag_changes_nothing_else()
    {
        var stored = RuntimeFlag.Write(null, new RolloutAllocation { Seed = "r", Percent = 25 });
        var off = RuntimeFlag.Switch(FlagNames.Runtime, stored, false);
        Assert.Equal(stored, RuntimeFlag.Switch(FlagNames.Runtime, off, true));
        Assert.Equal((false, 25.0), (RuntimeFlag.Read(off).Enabled, RuntimeFlag.Read(off).Allocation!.Percent));
        Assert.Equal(FlagNames.Contract, (string)JsonNode.Parse(RuntimeFlag.Switch(FlagNames.Contract, null, true))!["id"]!);
    }

    [Theory]
    [InlineData("\"to\":25", "\"to\":30")]
    [InlineData("\"from\":75", "\"from\":70")]
    [InlineData("\"from\":0", "\"from\":1")]
    [InlineData("{\"variant\":\"fast\",\"from\":0,\"to\":25},", "")]
    [InlineData("\"seed\":\"r\",", "")]
    [InlineData("\"variant\":\"control\"", "\"variant\":\"other\"")]
    [InlineData("\"client_filters\":[]", "\"client_filters\":[{\"name\":\"Microsoft.TimeWindow\"}]")]
    [InlineData("\"seed\":\"r\",", "\"seed\":\"r\",\"default_when_enabled\":\"fast\",")]
    [InlineData("\"seed\":\"r\",", "\"seed\":\"r\",\"user\":[{\"variant\":\"control\",\"users\":[\"u\"]}],")]
    [InlineData("\"seed\":\"r\",", "\"seed\":\"r\",\"group\":[{\"variant\":\"control\",\"groups\":[\"g\"]}],")]
    [InlineData("{\"name\":\"control\",\"configuration_value\":false}", "{\"name\":\"c\"}")]
    public void A_shape_that_a_person_has_changed_is_told(string written, string edited)
    {
        var stored = RuntimeFlag.Write(null, new RolloutAllocation { Seed = "r", Percent = 25 });
        Assert.Contains(written, stored, StringComparison.Ordinal);
        var read = RuntimeFlag.Read(stored.Replace(written, edited, StringComparison.Ordinal));
        Assert.False(read.IsRecognised);
        Assert.NotNull(read.Difference);
        Assert.True(read.Enabled);
    }

    [Fact]
    public void A_default_that_would_put_everybody_into_an_arm_is_taken_out()
    {
        var stored = """{"id":"fast-mode-runtime","allocation":{"default_when_enabled":"fast"}}""";
        Assert.True(RuntimeFlag.Read(RuntimeFlag.Write(stored, new RolloutAllocation { Seed = "r", Percent = 1 })).IsRecognised);
    }

    [Theory]
    [InlineData(-0.1, "r")]
    [InlineData(100.1, "r")]
    [InlineData(double.NaN, "r")]
    [InlineData(5, "")]
    public void A_percentage_or_seed_that_makes_no_sense_is_refused(double percent, string seed)
        => Assert.ThrowsAny<ArgumentException>(() => RuntimeFlag.Write(null, new RolloutAllocation { Seed = seed, Percent = percent }));

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}")]
    [InlineData("{")]
    public void What_is_no_flag_is_refused(string json)
        => Assert.ThrowsAny<JsonException>(() => RuntimeFlag.Write(json, new RolloutAllocation { Seed = "r", Percent = 5 }));
}
