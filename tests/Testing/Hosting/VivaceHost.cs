using Vivace.Testing.Http;

namespace Vivace.Testing.Hosting;

/// <summary>
/// The real application on a port that the system gives, with a fresh folder. In this process, or, when VIVACE_BINARY
/// names a published executable, as a child process of that.
/// </summary>
public sealed class VivaceHost : IAsyncDisposable
{
    private readonly VivaceSetup setup;
    private readonly TemporaryFolder folder;
    private IRunningVivace? running;
    private HttpClient? http;

    private VivaceHost(VivaceSetup setup)
    {
        this.setup = setup;
        folder = setup.Beside?.folder ?? new TemporaryFolder();
        Client = new VivaceClient(this);
    }

    public Uri Address => running?.Address ?? throw new InvalidOperationException("It is not running.");

    /// <summary>The storage folder: database, <c>flags.json</c>, <c>profiles/</c>.</summary>
    public string Folder => folder.Path;

    /// <summary>A caller without credentials.</summary>
    public VivaceClient Client { get; }

    /// <summary>The application's services; only in process.</summary>
    public IServiceProvider Services => (running as InProcessVivace)?.Services ?? throw new InvalidOperationException("It does not run in this process.");

    internal HttpClient Http => http ?? throw new InvalidOperationException("It is not running.");

    public static Task<VivaceHost> StartAsync(params string[] settings) => StartAsync(new VivaceSetup { Settings = settings });

    /// <summary>As the Functions host starts it: the port in FUNCTIONS_CUSTOMHANDLER_PORT.</summary>
    public static Task<VivaceHost> AsFunctionsHandlerAsync(params string[] settings)
        => StartAsync(new VivaceSetup { Settings = settings, AsFunctionsHandler = true });

    public static async Task<VivaceHost> StartAsync(VivaceSetup setup)
    {
        var host = new VivaceHost(setup);
        foreach (var (path, content) in setup.Files)
        {
            host.folder.Write(path, content);
        }

        try
        {
            await host.RunAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the application, a child process without warning, and starts it again on the same folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    /// <summary>A caller with further headers, given as name, value, name, value.</summary>
    public VivaceClient As(params string[] headers) => Client.With(headers);

    public void Write(string relative, string content) => folder.Write(relative, content);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (setup.Beside is null)
        {
            folder.Dispose();
        }
    }

    /// <summary>Ends the application, a child process without warning.</summary>
    public async Task StopAsync()
    {
        http?.Dispose();
        if (running is not null)
        {
            await running.DisposeAsync();
        }

        (running, http) = (null, null);
    }

    /// <summary>Asks the application to stop, as an operator does, and waits until it has.</summary>
    public async Task LeaveAsync()
    {
        await running!.LeaveAsync();
        await StopAsync();
    }

    /// <summary>Starts it again on the same folder.</summary>
    public Task StartAgainAsync() => RunAsync();

    private async Task RunAsync()
    {
        string[] settings =
        [
            $"--Storage:Path={Folder}",
            "--Models:Offline:Latency=none",
            "--Logging:LogLevel:Default=Warning",
            "--ServiceBus:Embedded:Port=0",
            .. setup.Settings.Select(s => "--" + s),
        ];
        running = VivaceProcess.PublishedBinary is null && !setup.AsProcess
            ? await InProcessVivace.StartAsync(settings, setup.AsFunctionsHandler, setup.Configure)
            : setup.Configure is null
                ? await ChildVivace.StartAsync(Folder, settings, setup.AsFunctionsHandler)
                : throw new InvalidOperationException("Services cannot be changed in a published executable.");
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }
}
