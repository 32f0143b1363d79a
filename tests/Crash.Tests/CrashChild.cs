using Vivace.Testing.Hosting;

namespace Vivace.Crash.Tests;

/// <summary>The application with its crash points, as a process on real files; started again when it was killed.</summary>
/// <param name="faults">Planted in it until it is killed.</param>
internal sealed class CrashChild(string folder, IReadOnlyList<string> settings, string? crashAt, string? log, string? faults = null) : IAsyncDisposable
{
    /// <summary>128 and the signal's number.</summary>
    private const int Killed = 137;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Dying = TimeSpan.FromMilliseconds(20);

    /// <summary>Environment variable VIVACE_CRASH_HOST names one that was compiled beforehand and so starts sooner.</summary>
    private static readonly string Program = System.Environment.GetEnvironmentVariable("VIVACE_CRASH_HOST") is { Length: > 0 } path ? Path.GetFullPath(path) : "Vivace.Crash.Host.dll";

    private readonly SemaphoreSlim restarting = new(1, 1);
    private readonly ReservedPort port = new();
    private VivaceProcess? process;
    private bool crashed;
    private bool disposed;

    public HttpClient Http { get; private set; } = new();

    /// <summary>Whether the armed point was reached.</summary>
    public bool Crashed => crashed || process is { HasExited: true };

    /// <summary>Starts it, armed; a crash while it starts is a crash like any other.</summary>
    public Task StartAsync() => RunAsync(armed: true);

    /// <summary>Starts it again, no longer armed, if it was killed.</summary>
    public async Task ReviveAsync()
    {
        await restarting.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (process is { HasExited: false })
            {
                // A process that is being killed lets go of its connections first.
                await Task.Delay(Dying);
                return;
            }

            var code = await process!.ExitAsync();
            if (code != Killed)
            {
                throw new InvalidOperationException($"It ended with {code} and was not killed: {process.Output} {process.Errors}");
            }

            crashed = true;
            await process.DisposeAsync();
            await RunAsync(armed: false);
        }
        finally
        {
            restarting.Release();
        }
    }

    /// <summary>Asks it to stop, as an operator does; one that is killed while it stops is started and asked again.</summary>
    public async Task LeaveAsync()
    {
        while (true)
        {
            await process!.SignalAsync("TERM");
            var code = await process.ExitAsync();
            if (code == 0)
            {
                return;
            }

            await ReviveAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await restarting.WaitAsync();
        disposed = true;
        restarting.Release();
        Http.Dispose();
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        port.Dispose();
    }

    private async Task RunAsync(bool armed)
    {
        var address = new Uri($"http://127.0.0.1:{port.Number}");
        process = VivaceProcess.StartOther(
            Program, folder, Environment(armed), [$"--urls={address}", $"--Storage:Path={folder}", .. settings.Select(s => "--" + s)]);
        Http.Dispose();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        await Eventually.GetAsync(IsLiveAsync, live => live || process.HasExited, StartLimit);
        if (process.HasExited)
        {
            await StartAgainAsync(process, armed);
        }
    }

    /// <summary>It ended before it was live, because it is armed for that.</summary>
    private async Task StartAgainAsync(VivaceProcess ended, bool armed)
    {
        var code = await ended.ExitAsync();
        if (!armed || code != Killed)
        {
            throw new InvalidOperationException($"It ended with {code}: {ended.Output} {ended.Errors}");
        }

        crashed = true;
        await ended.DisposeAsync();
        await RunAsync(armed: false);
    }

    private Dictionary<string, string> Environment(bool armed)
    {
        var environment = new Dictionary<string, string>();
        Add("VIVACE_CRASH_AT", armed ? crashAt : null);
        Add("VIVACE_CRASH_FAULTS", armed ? faults : null);
        Add("VIVACE_CRASH_LOG", log);
        return environment;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                environment[name] = value;
            }
        }
    }

    private async Task<bool> IsLiveAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }
    }
}
