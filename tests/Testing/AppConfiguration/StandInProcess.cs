using Vivace.Testing.Hosting;

namespace Vivace.Testing.AppConfiguration;

/// <summary>The stand-in as a process of its own, for tests whose other processes are to share it.</summary>
public sealed class StandInProcess : IAsyncDisposable
{
    private readonly VivaceProcess process;
    private readonly HttpClient http;

    private StandInProcess(VivaceProcess process, string connectionString)
    {
        this.process = process;
        ConnectionString = connectionString;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(connectionString.Split(';')[0]["Endpoint=".Length..]) };
    }

    public string ConnectionString { get; }

    /// <param name="flagFile">The flags to begin with; null: none.</param>
    public static async Task<StandInProcess> StartAsync(string? flagFile = null)
    {
        var process = VivaceProcess.StartOther(
            "Vivace.AppConfiguration.Host.dll", AppContext.BaseDirectory, new Dictionary<string, string>(), flagFile is null ? [] : [flagFile]);
        try
        {
            await Eventually.TrueAsync(() => process.Output.Contains('\n', StringComparison.Ordinal) || process.HasExited, TimeSpan.FromSeconds(30));
            return process.Output.Split('\n')[0].Trim() is { Length: > 0 } line ? new StandInProcess(process, line) : throw new InvalidOperationException(process.Errors);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on every request fails so; null: none does.</summary>
    public async Task FailAsync(StandInFault? fault)
    {
        using var answer = fault is null
            ? await http.DeleteAsync("/stand-in/fault")
            : await http.PostAsync($"/stand-in/fault/{fault.Kind}?milliseconds={fault.Milliseconds}", null);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }
}
