using System.Runtime.InteropServices;

namespace Vivace.Sqlite;

/// <summary>The C library's heap, from which SQLite takes its memory.</summary>
internal static partial class NativeHeap
{
    /// <summary>What malloc.h calls M_TRIM_THRESHOLD.</summary>
    private const int TrimThreshold = -1;

    private const int KeptBytes = 1 << 20;

    /// <summary>
    /// Keeps a MiB at the end of each arena. glibc gives back what is above 128 KiB, which a transaction needs again: then every
    /// one unmaps and faults in the same pages. Other C libraries have no such setting.
    /// </summary>
    public static void KeepSpare() => IfGlibc(() => SetOption(TrimThreshold, KeptBytes));

    /// <summary>Gives back every page that is free, wherever it lies.</summary>
    public static void Trim() => IfGlibc(() => TrimAll(0));

    private static void IfGlibc(Func<int> call)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = call();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int parameter, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TrimAll(nuint spare);
}
