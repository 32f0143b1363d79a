using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Hosting;

public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_port_that_is_taken_is_named_and_the_program_ends_with_a_fault(bool asFunctionsHandler)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using var process = asFunctionsHandler
            ? Start(new() { ["FUNCTIONS_CUSTOMHANDLER_PORT"] = port })
            : Start([], "--urls", $"http://127.0.0.1:{port}");
        Assert.NotEqual(0, await process.ExitAsync());
        Assert.Contains(port, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_broken_setting_is_listed()
    {
        await using var process = Start(
            new() { ["Storage__Synchronous"] = "sometimes" },
            "--Processing:DefaultMode=Fast", "--Models:Small:Provider=openai", "--Models:Offline:Latency=slow", "--Auth:ApiKeys:0:Name=a", "--Auth:ApiKeys:0:Sha256=short", "--Limits:MessagesPerMinute=-1");
        Assert.Equal(1, await process.ExitAsync());
        string[] named =
        [
            "Storage:Synchronous", "Processing:DefaultMode", "Models:Small:Endpoint", "Models:Small:Model", "Models:Small", "Models:Offline:Latency", "Sha256", "MessagesPerMinute",
        ];
        Assert.All(named, name => Assert.Contains(name, process.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Limits:MessagesPerMinute=many", "Limits:MessagesPerMinute")]
    [InlineData("--Models:Small:UseEntra=perhaps", "Models:Small:UseEntra")]
    [InlineData("--urls=nonsense", "nonsense")]
    public async Task A_setting_of_the_wrong_kind_ends_the_program_with_a_message(string setting, string named)
    {
        await using var process = Start([], "--urls", "http://127.0.0.1:0", setting);
        Assert.Equal(1, await process.ExitAsync());
        Assert.Contains(named, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quick.json", "{nope", "profile quick")]
    [InlineData("quick.json", """{"profile":"other","mode":"fast"}""", "profile quick")]
    [InlineData("quick.json", """{"profile":"quick","mode":"fast","actions":{"allowed":{"include":["NO_SUCH"]}}}""", "NO_SUCH")]
    public async Task A_broken_profile_ends_the_program_with_a_message(string file, string content, string named)
    {
        folder.Write($"data/profiles/{file}", content);
        await using var process = Start([], "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, await process.ExitAsync());
        Assert.Contains(named, process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Asked_to_stop_the_program_ends_with_0(string signal)
    {
        await using var process = Start([], "--urls", "http://127.0.0.1:0");
        await Eventually.TrueAsync(() => process.Output.Contains("Application started", StringComparison.Ordinal));
        await process.SignalAsync(signal);
        Assert.Equal(0, await process.ExitAsync());
        Assert.Equal("", process.Errors.Trim());
    }

    [Fact]
    public async Task Help_is_printed_and_nothing_is_written()
    {
        await using var process = Start([], "--help");
        Assert.Equal(0, await process.ExitAsync());
        Assert.Contains("Storage:Path", process.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private VivaceProcess Start(Dictionary<string, string> environment, params string[] arguments)
    {
        environment["Storage__Path"] = Path.Combine(folder.Path, "data");
        return VivaceProcess.Start(folder.Path, environment, arguments);
    }
}
