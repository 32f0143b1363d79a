using System.Globalization;
using System.Runtime.InteropServices;

namespace Vivace.Bench.Reporting;

/// <summary>Where a run was made.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGib, string Kernel, string Runtime)
{
    public static Machine Here() => new(
        Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(Kib(Field("/proc/meminfo", "MemTotal")) / (1024d * 1024), 1),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        RuntimeInformation.FrameworkDescription);

    /// <summary>A memory figure of a process, in MB of 10^6 bytes.</summary>
    public static double MemoryMb(int pid, string field) => Kib(Field($"/proc/{pid}/status", field)) * 1024 / 1e6;

    private static double Kib(string? value)
        => double.Parse(value?.Split(' ')[0] ?? throw new InvalidOperationException("/proc does not say."), CultureInfo.InvariantCulture);

    private static string? Field(string file, string name)
        => File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
