using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Vivace.Testing.Hosting;

/// <summary>The program as a process of its own: the published executable, or the one built beside the tests.</summary>
public sealed partial class VivaceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private VivaceProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The published executable that environment variable VIVACE_BINARY names, if any.</summary>
    public static string? PublishedBinary { get; } = Environment.GetEnvironmentVariable("VIVACE_BINARY") is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    public bool HasExited => process.HasExited;

    public string Output => Read(output);

    public string Errors => Read(errors);

    /// <summary>Where it listens, as it says itself when it logs information; null: it has not said so.</summary>
    public Uri? ListensAt => Listening().Match(Output) is { Success: true } said ? new Uri(said.Groups[1].Value) : null;

    public static VivaceProcess Start(string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
        => Start(PublishedBinary, "Vivace.Api.dll", workingDirectory, environment, arguments);

    /// <summary>Another program that lies beside the tests.</summary>
    public static VivaceProcess StartOther(string assembly, string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
        => Start(null, assembly, workingDirectory, environment, arguments);

    private static VivaceProcess Start(
        string? binary, string assembly, string workingDirectory, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo
        {
            FileName = binary ?? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (binary is null)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new VivaceProcess(Process.Start(start)!);
    }

    /// <summary>Sends a signal such as <c>TERM</c> or <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The exit code, once the process has ended and all it wrote has been read.</summary>
    public async Task<int> ExitAsync(TimeSpan? within = null)
    {
        await process.WaitForExitAsync().WaitAsync(within ?? TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static void Add(StringBuilder to, string? line)
    {
        lock (to)
        {
            to.AppendLine(line);
        }
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();

    private static string Read(StringBuilder from)
    {
        lock (from)
        {
            return from.ToString();
        }
    }
}
