using Vivace.Cli.Output;
using Vivace.Client;

namespace Vivace.Cli.Hosting;

/// <summary>What a command works with.</summary>
internal sealed class CommandContext : IDisposable
{
    /// <summary>Longer than a turn's deadline in any built-in profile.</summary>
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    private readonly HttpClient http;
    private readonly VivaceClientOptions options;

    public CommandContext(Uri endpoint, VivaceClientOptions options, bool json, CliConsole console, TimeProvider time)
    {
        (this.options, Json, Console, Time) = (options, json, console, time);
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectLimit, UseCookies = false, AllowAutoRedirect = false, UseProxy = !endpoint.IsLoopback };
        http = new HttpClient(handler) { BaseAddress = endpoint, Timeout = CallLimit };
        Client = new VivaceClient(http, options, time);
        Progress = new Progress(console, silent: json);
    }

    public VivaceClient Client { get; }

    public CliConsole Console { get; }

    public TimeProvider Time { get; }

    public Progress Progress { get; }

    /// <summary>Whether results are JSON.</summary>
    public bool Json { get; }

    public Uri Endpoint => http.BaseAddress!;

    /// <summary>Whether the caller has an API key.</summary>
    public bool HasKey => options.ApiKey is not null;

    /// <summary>The same caller with a further header on every request.</summary>
    /// <param name="user">On whose behalf; null: as before.</param>
    public VivaceClient With(string header, string value, string? user = null)
        => new(http, options with { User = user ?? options.User, Headers = new Dictionary<string, string> { [header] = value } }, Time);

    /// <summary>The same caller at another endpoint.</summary>
    public CommandContext At(Uri endpoint) => new(endpoint, options, Json, Console, Time);

    public void Dispose() => http.Dispose();
}
