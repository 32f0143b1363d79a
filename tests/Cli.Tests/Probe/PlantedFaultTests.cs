using System.Text.RegularExpressions;
using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Probe;

/// <summary>Faults planted between the probe and the application, one at a time: each is found, by the check that is for it.</summary>
public sealed partial class PlantedFaultTests
{
    private const string ServedFast = "\"effective\":{\"mode\":\"fast\",\"profile\":\"fast-v1\"}";
    private const string ServedDefault = "\"effective\":{\"mode\":\"default\",\"profile\":\"default\"}";

    private static readonly Dictionary<string, Func<Exchange, Exchange>> Faults = new()
    {
        ["mode as asked"] = e => e.Says("\"mode\":\"fast\"") ? e.With(ServedFast, ServedDefault) : e,
        ["mode as asked, where it was inherited"] = e => e.Says("\"processing\":{\"reason\"") ? e.With(ServedDefault, ServedFast) : e,
        ["mode as asked, where a flag is blamed once"] = e => e.Says("What is 2 +") ? e.With(ServedFast, ServedDefault).With("\"decidedBy\":\"message\"", "\"decidedBy\":\"runtime-flag\",\"reason\":\"runtime-flag-off\"") : e,
        ["profile and reason echoed"] = e => e.Says("\"probe\"") ? e.With("\"reason\":\"probe\"", "\"reason\":\"other\"") : e,
        ["one arm"] = e => e.Says("What is 3 +") ? e.With("\"arm\":\"fast\"", "\"arm\":\"control\"") : e,
        ["profile of the mode"] = e => e.Says("\"mode\":\"fast\"") ? e.With("\"profile\":\"fast-v1\"}", "\"profile\":\"default\"}") : e,
        ["profile hash"] = e => e with { Answer = ProfileHash().Replace(e.Answer, "\"profileHash\":\"0\"") },
        ["models reported"] = e => e.Method == "POST" ? e with { Answer = Models().Replace(e.Answer, "\"models\":[]") } : e,
        ["fast models only"] = e => e.Says("\"mode\":\"fast\"") ? e.With("\"type\":\"small\"", "\"type\":\"large\"") : e,
        ["one model a size"] = e => e.Says("What is 5 +") ? e.With("\"requested\":\"offline-large\"", "\"requested\":\"offline-huge\"") : e,
        ["one terminal a stream"] = e => e.Path.EndsWith("/stream", StringComparison.Ordinal) ? e with { Answer = e.Answer + e.Answer[e.Answer.LastIndexOf("id: ", StringComparison.Ordinal)..] } : e,
        ["stream ids in order"] = e => e.Path.EndsWith("/stream", StringComparison.Ordinal) ? e.With("id: 1-1-", "id: 1-1-9") : e,
        ["stream text as at its end"] = e => e.Path.EndsWith("/stream", StringComparison.Ordinal) ? e.With("\"fullText\":\"", "\"fullText\":\"And: ") : e,
        ["history has the reply"] = e => e.Method == "GET" && e.Path.EndsWith("/messages", StringComparison.Ordinal) ? e.With(" = ", " ≠ ") : e,
        ["history has what was said"] = e => e.Method == "GET" && e.Path.EndsWith("/messages", StringComparison.Ordinal) ? e.With("What is", "What was") : e,
        ["turn record has the reply"] = e => e.Path.StartsWith("/api/turns/", StringComparison.Ordinal) ? e.With(" = ", " ≠ ") : e,
        ["turn record as reported"] = e => e.Path.StartsWith("/api/turns/", StringComparison.Ordinal) ? e.With(ServedFast, ServedDefault) : e,
        ["room of the conversation"] = e => e.Says("\"processing\"") ? e with { Answer = Room().Replace(e.Answer, "\"roomId\":\"elsewhere\"") } : e,
        ["a room of its own"] = e => e.Path.StartsWith("/api/conversations", StringComparison.Ordinal) && !e.Says("\"processing\"") ? e with { Answer = Room().Replace(e.Answer, "\"roomId\":\"one\"") } : e,
        ["default mode unchanged"] = e => e.Method == "GET" ? e.With("\"defaultMode\":\"fast\",\"muted\"", "\"defaultMode\":\"default\",\"muted\"") : e,
        ["bad mode refused"] = e => e.Says("turbo") ? e.With("/processing/mode", "/processing") : e,
        ["nothing stored of it"] = e => e.Method == "GET" && e.Path.EndsWith("/messages", StringComparison.Ordinal) ? e.With("What is 24 + 5?", "What is 25 + 6?") : e,
        ["deleted"] = e => e is { Method: "GET", Status: 404 } && e.Path.StartsWith("/api/conversations/", StringComparison.Ordinal) ? e with { Status = 200, Answer = Kept } : e,
    };

    private const string Kept = """{"conversation":{"id":"c","title":"Probe","roomId":"r","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}""";

    public static TheoryData<string> Names => new(Faults.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_fault_is_found_by_the_check_that_is_for_it(string fault)
    {
        await using var host = await VivaceHost.StartAsync();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, Faults[fault]);
        var probe = await CommandLine.For(proxy.Address).RunAsync("probe", "--json");
        Assert.Equal((1, "false"), (probe.Code, probe.Json.At("ok")));
        Assert.Equal(0, probe.Json.GetProperty("errors").GetArrayLength());
        Assert.Contains(probe.Json.GetProperty("mismatches").EnumerateArray(), m => m.At("check") == fault.Split(',')[0]);
        Assert.NotEqual("0", probe.Json.GetProperty("checks").EnumerateArray().Single(c => c.At("name") == fault.Split(',')[0]).At("mismatches"));
    }

    [Fact]
    public async Task A_mismatch_is_printed_with_what_was_expected_and_what_was_found()
    {
        await using var host = await VivaceHost.StartAsync();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, Faults["mode as asked"]);
        var probe = await CommandLine.For(proxy.Address).RunAsync("probe");
        Assert.Equal(1, probe.Code);
        Assert.Matches(@"MISMATCH mode as asked \[interleaved: fast\] \w+\n  expected requested fast, effective fast, decided by message\n  found    requested fast, effective default, decided by message\n", probe.Out);
        Assert.Matches(@"\nNOT OK: ", probe.Out);
    }

    [GeneratedRegex("\"profileHash\":\"[^\"]*\"")]
    private static partial Regex ProfileHash();

    [GeneratedRegex("\"models\":\\[[^\\]]*\\]")]
    private static partial Regex Models();

    [GeneratedRegex("\"roomId\":\"[^\"]*\"")]
    private static partial Regex Room();
}
