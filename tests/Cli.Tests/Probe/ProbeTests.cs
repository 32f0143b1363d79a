using System.Text.Json;
using Vivace.Cli.Tests.Drivers;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Cli.Tests.Probe;

/// <summary><c>vivace probe</c> on servers that do what they say.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task An_honest_server_holds_every_check_and_keeps_nothing_of_the_probe()
    {
        await using var host = await VivaceHost.StartAsync();
        var marked = new List<Exchange>();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, e =>
        {
            lock (marked)
            {
                marked.Add(e);
            }

            return e;
        });
        var file = Path.Combine(host.Folder, "report.json");
        var probe = await CommandLine.For(proxy.Address).RunAsync("probe", "--rounds", "2", "--report", file);
        Assert.True(probe.Code == 0, probe.Out + probe.Error);
        Assert.Matches(@"\nOK: \d+ turns in 10 conversations, \d+ checks, 0 mismatches, 0 not measured, \d+ ms\n$", probe.Out);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal(("true", "52", "[\"fast\"]"), (report.RootElement.At("ok"), report.RootElement.At("turns"), report.RootElement.At("arms")));
        Assert.Single(report.RootElement.GetProperty("flagVersions").EnumerateArray());
        Assert.All(report.RootElement.GetProperty("checks").EnumerateArray(), c => Assert.NotEqual("0", c.At("checked")));
        Assert.All(marked, e => Assert.Equal("1", e.Headers["X-Vivace-Probe"]));
        Assert.All(marked.Where(e => e.Path.Contains("/messages", StringComparison.Ordinal) && e.Method == "POST"), e => Assert.Contains("\"reason\":\"probe\"", e.Asked, StringComparison.Ordinal));
        Assert.Empty((await host.Client.GetAsync("/api/conversations")).Json.GetProperty("conversations").EnumerateArray());
    }

    [Theory]
    [InlineData(false, true, 100, "")]
    [InlineData(true, false, 100, "")]
    [InlineData(true, true, 0, "")]
    [InlineData(true, true, 100, "Processing:DefaultMode=fast")]
    [InlineData(true, true, 100, "Limits:FastMessagesPerMinute=3")]
    public async Task A_server_whose_gates_stand_otherwise_holds_every_check_too(bool contract, bool runtime, int fastPercent, string setting)
    {
        await using var host = await VivaceHost.StartAsync(new VivaceSetup
        {
            Files = Flags.File(contract, runtime, fastPercent),
            Settings = setting.Length == 0 ? [] : [setting],
        });
        var probe = await CommandLine.For(host).RunAsync("probe", "--json");
        Assert.True(probe.Code == 0, probe.Out + probe.Error);
        Assert.Equal("true", probe.Json.At("ok"));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("Limits:MessagesPerMinute=1", 1)]
    public async Task What_was_found_is_recorded_for_the_rollout_and_what_was_not_measured_is_no_success(string setting, int code)
    {
        await using var host = await VivaceHost.StartAsync(setting.Length == 0 ? [] : [setting]);
        var recorded = new List<string>();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, e =>
        {
            if (e is not { Method: "POST", Path: "/api/rollouts/fast-mode/probe" })
            {
                return e;
            }

            recorded.Add(e.Asked);
            return e with { Status = 204, Answer = "" };
        });
        var without = await CommandLine.For(proxy.Address).RunAsync("probe", "--json");
        Assert.Empty(recorded);
        var probe = await CommandLine.For(proxy.Address).RunAsync("probe", "--record");
        Assert.Equal(code, probe.Code);
        Assert.EndsWith("Recorded.\n", probe.Error, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(Assert.Single(recorded));
        Assert.Equal(code == 0, report.RootElement.At("mismatches") == "0");
        Assert.Equal(without.Json.At("profiles.0.hash"), report.RootElement.GetProperty("profileHashes").GetProperty(without.Json.At("profiles.0.name")!).GetString());
        Assert.Equal(code == 0 ? without.Json.At("flagVersions.0") : "none", report.RootElement.At("flagVersion"));
        Assert.True(report.RootElement.GetProperty("at").TryGetDateTimeOffset(out _) && report.RootElement.GetProperty("turns").TryGetInt32(out _));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told_after_it_was_printed()
    {
        await using var host = await VivaceHost.StartAsync();
        var probe = await CommandLine.For(host).RunAsync("probe", "--report", Path.Combine(host.Folder, "no-such-folder", "report.json"));
        Assert.Equal(1, probe.Code);
        Assert.Contains("0 mismatches", probe.Out, StringComparison.Ordinal);
        Assert.Contains("no-such-folder", probe.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_server_does_not_let_measure_is_no_mismatch_and_no_success()
    {
        await using var host = await VivaceHost.StartAsync("Limits:MessagesPerMinute=5");
        var probe = await CommandLine.For(host).RunAsync("probe", "--json");
        Assert.Equal((1, "false"), (probe.Code, probe.Json.At("ok")));
        Assert.Equal(0, probe.Json.GetProperty("mismatches").GetArrayLength());
        Assert.All(probe.Json.GetProperty("errors").EnumerateArray(), e => Assert.Equal("too-many-requests", e.At("kind")));
        Assert.Empty((await host.Client.GetAsync("/api/conversations")).Json.GetProperty("conversations").EnumerateArray());
    }

    [Fact]
    public async Task An_interrupted_probe_deletes_its_conversations()
    {
        await using var host = await VivaceHost.StartAsync();
        using var interrupt = new CancellationTokenSource();
        await using var proxy = await TamperingProxy.StartAsync(host.Address, e =>
        {
            if (e.Path.EndsWith("/messages", StringComparison.Ordinal))
            {
                interrupt.Cancel();
            }

            return e;
        });
        var probe = await CommandLine.For(proxy.Address).RunAsync(interrupt.Token, "probe");
        Assert.Equal(130, probe.Code);
        Assert.Empty((await host.Client.GetAsync("/api/conversations")).Json.GetProperty("conversations").EnumerateArray());
    }
}
