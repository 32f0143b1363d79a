using System.Globalization;

namespace Vivace.Testing.Hosting;

/// <summary>The application as a child process; ended without warning, as machines do.</summary>
internal sealed class ChildVivace(VivaceProcess process, Uri address) : IRunningVivace
{
    private const int Attempts = 5;

    /// <summary>Lets it say where it listens, since at a port that was free a moment ago somebody else may answer.</summary>
    private const string Announcing = "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    public Uri Address { get; } = address;

    public static async Task<ChildVivace> StartAsync(string folder, string[] settings, bool asFunctionsHandler)
    {
        for (var attempt = 1; ; attempt++)
        {
            var environment = new Dictionary<string, string>();
            string[] listen = [];
            if (asFunctionsHandler)
            {
                environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = FreePort.Find().ToString(CultureInfo.InvariantCulture);
            }
            else
            {
                listen = ["--urls", "http://127.0.0.1:0"];
            }

            var process = VivaceProcess.Start(folder, environment, [.. listen, Announcing, .. settings]);
            await Eventually.TrueAsync(() => process.ListensAt is not null || process.HasExited, StartLimit);
            if (process.ListensAt is { } address && await IsLiveAsync(process, address))
            {
                return new ChildVivace(process, address);
            }

            var (code, errors) = (await process.ExitAsync(), process.Errors);
            await process.DisposeAsync();
            if (attempt == Attempts || !errors.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException($"The program ended with {code}: {errors}");
            }
        }
    }

    public async Task LeaveAsync()
    {
        await process.SignalAsync("TERM");
        if (await process.ExitAsync() is not 0 and var code)
        {
            throw new InvalidOperationException($"The program ended with {code}: {process.Output} {process.Errors}");
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<bool> IsLiveAsync(VivaceProcess process, Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var live = await Eventually.GetAsync(() => LooksLiveAsync(process, http), live => live is not null, StartLimit);
        return live is true;
    }

    private static async Task<bool?> LooksLiveAsync(VivaceProcess process, HttpClient http)
    {
        if (process.HasExited)
        {
            return false;
        }

        try
        {
            using var answer = await http.GetAsync("/health/live");
            return answer.IsSuccessStatusCode && !process.HasExited ? true : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
