using System.Diagnostics;
using System.Globalization;
using System.Net;
using Vivace.Bench.Reporting;
using Vivace.Bench.Throughput;

namespace Vivace.Bench.Children;

/// <summary>A published program that serves on 127.0.0.1; ended with this object, by its own process id.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly byte[] Probe = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8.ToArray();

    private readonly Process process;

    private ChildServer(Process process, int port, TimeSpan startTime)
    {
        this.process = process;
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
        StartTime = startTime;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>From before the process was made to the first 200 of <c>/health/live</c>.</summary>
    public TimeSpan StartTime { get; }

    public static ChildServer Vivace(string storage, string synchronous = "normal") => Start(
        Path.Combine("artifacts", "publish", "Vivace.Api"), ["--Storage:Path", storage, "--Storage:Synchronous", synchronous]);

    public static ChildServer Bare() => Start(Path.Combine("artifacts", "bare", "Vivace.Bench.Bare"), []);

    /// <summary>Resident set, in MB.</summary>
    public double ResidentMb() => Machine.MemoryMb(process.Id, "VmRSS");

    /// <summary>The largest resident set so far, in MB.</summary>
    public double MostMb() => Machine.MemoryMb(process.Id, "VmHWM");

    /// <summary>Waits until background work has ended: under 3 % of one core for half a second, or the limit.</summary>
    public async Task<TimeSpan> IdleAsync(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        var step = TimeSpan.FromMilliseconds(500);
        while (Stopwatch.GetElapsedTime(started) < limit)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            await Task.Delay(step);
            process.Refresh();
            if (process.TotalProcessorTime - before < step * 0.03)
            {
                break;
            }
        }

        return Stopwatch.GetElapsedTime(started) - step;
    }

    public async ValueTask DisposeAsync()
    {
        using (var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await term.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static ChildServer Start(string program, string[] arguments)
    {
        var port = FreePort.Take();
        var info = new ProcessStartInfo(program, [.. arguments, "--urls", $"http://127.0.0.1:{port}"]) { RedirectStandardOutput = true };
        info.Environment["Models__Offline__Latency"] = "none";
        info.Environment["Logging__LogLevel__Default"] = "Warning";
        info.Environment["Limits__MessagesPerMinute"] = "0";
        info.Environment["Limits__FastMessagesPerMinute"] = "0";
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!Answers(port))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                process.Kill();
                throw new InvalidOperationException($"{program} does not answer.");
            }

            Thread.Sleep(1);
        }

        return new ChildServer(process, port, Stopwatch.GetElapsedTime(started));
    }

    private static bool Answers(int port)
    {
        try
        {
            using var connection = new RawConnection(new IPEndPoint(IPAddress.Loopback, port));
            return connection.SendAsync(Probe).AsTask().GetAwaiter().GetResult().IsOk;
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or EndOfStreamException)
        {
            return false;
        }
    }
}
