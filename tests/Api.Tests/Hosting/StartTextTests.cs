using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Hosting;

/// <summary>What a start that fails says: which setting or file, and what to do.</summary>
public sealed class StartTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("Auth:ApiKeys:*:Name must be 1 to 64 letters", "--Auth:ApiKeys:0:Name=a/b", "--Auth:ApiKeys:0:Sha256=00000000000000000000000000000000")]
    [InlineData("ServiceBus:ConnectionString cannot be used", "--ServiceBus:ConnectionString", "foo")]
    [InlineData("Logging:LogLevel:Default must be Trace,", "--Logging:LogLevel:Default", "Foo")]
    [InlineData("Logging:Console:LogLevel:Vivace must be Trace,", "--Logging:Console:LogLevel:Vivace=loud")]
    [InlineData("Models:Small:Provider is missing", "--Models:Small:Endpoint", "http://127.0.0.1:1/v1")]
    [InlineData("Models:Large:Provider is missing", "--Models:Large:ApiKey", "k")]
    [InlineData("https://127.0.0.1:18111 asks for https", "--urls", "https://127.0.0.1:18111")]
    [InlineData("http://127.0.0.1:18112/base has the base path /base", "--urls", "http://127.0.0.1:18112/base")]
    [InlineData("http://127.0.0.1:99999 names no port", "--urls", "http://127.0.0.1:0;http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:x names no port", "--urls", "http://127.0.0.1:x")]
    [InlineData("ftp://127.0.0.1:18113 begins with ftp", "--urls", "ftp://127.0.0.1:18113")]
    [InlineData("cannot listen on http://1.2.3.4:18112", "--urls", "http://1.2.3.4:18112")]
    [InlineData("The rules that Safety:RulesPath names cannot be used", "--Safety:RulesPath", "no-such-rules.json")]
    public async Task A_setting_that_cannot_be_used_is_named(string said, params string[] arguments) => await AssertSaysAsync(said, arguments);

    [Theory]
    [InlineData("--port is not known; did you mean --Urls?", "--port", "8080")]
    [InlineData("--Storage:Pth is not known; did you mean --Storage:Path?", "--Storage:Pth", "x")]
    [InlineData("--Storage__Path is not known; did you mean --Storage:Path?", "--Storage__Path=x")]
    [InlineData("--RulesPath is not known; did you mean --Safety:RulesPath?", "--RulesPath", "x")]
    [InlineData("--Nonsense:Entirely is not known.", "--Nonsense:Entirely=x")]
    [InlineData("serve is no setting", "serve")]
    [InlineData("-p is no setting", "-p=8080")]
    [InlineData("--Turns:Run has no value", "--urls", "http://127.0.0.1:0", "--Turns:Run")]
    public async Task An_argument_that_nothing_reads_is_refused(string said, params string[] arguments) => await AssertSaysAsync(said, arguments);

    [Theory]
    [InlineData("vivace.db")]
    [InlineData("broker.db")]
    public async Task A_file_that_is_no_database_is_named(string file)
    {
        folder.Write($"data/{file}", new string('x', 8192));
        await AssertSaysAsync(Path.Combine(folder.Path, "data", file), "--urls", "http://127.0.0.1:0");
        await AssertSaysAsync("move it away together with its -wal and -shm", "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task A_journal_that_is_damaged_is_named()
    {
        await using (var process = Start("--urls", "http://127.0.0.1:0"))
        {
            await Eventually.TrueAsync(() => process.Output.Contains("Application started", StringComparison.Ordinal));
            await process.SignalAsync("TERM");
            Assert.Equal(0, await process.ExitAsync());
        }

        var file = Path.Combine(folder.Path, "data", "broker.db");
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(4096).Fill((byte)'x');
        await File.WriteAllBytesAsync(file, bytes);
        await AssertSaysAsync(file, "--urls", "http://127.0.0.1:0");
    }

    [Theory]
    [InlineData("vivace.db")]
    [InlineData("broker.db")]
    public async Task A_database_that_cannot_be_opened_is_named(string file)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "data", file));
        await AssertSaysAsync(Path.Combine(folder.Path, "data", file), "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task Rules_that_are_no_rules_are_named_with_their_setting()
    {
        folder.Write("bad.json", "{}");
        await AssertSaysAsync("bad.json: ", "--urls", "http://127.0.0.1:0", "--Safety:RulesPath", "bad.json");
    }

    [Fact]
    public async Task A_storage_folder_that_cannot_be_made_is_named()
    {
        folder.Write("data", "a file");
        await AssertSaysAsync("The folder that Storage:Path names cannot be made", "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task The_version_is_printed_and_nothing_is_written()
    {
        await using var process = Start("--version");
        Assert.Equal(0, await process.ExitAsync());
        Assert.Matches(@"^Vivace \d+\.\d+\.\d+", process.Output);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private async Task AssertSaysAsync(string said, params string[] arguments)
    {
        await using var process = Start(arguments);
        Assert.Equal(1, await process.ExitAsync());
        Assert.Contains(said, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("goes on", process.Output, StringComparison.Ordinal);
    }

    private VivaceProcess Start(params string[] arguments)
        => VivaceProcess.Start(folder.Path, new Dictionary<string, string> { ["Storage__Path"] = Path.Combine(folder.Path, "data") }, arguments);
}
