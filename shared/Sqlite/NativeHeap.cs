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
    public static void KeepSpare()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(TrimThreshold, KeptBytes);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int parameter, int value);
}
