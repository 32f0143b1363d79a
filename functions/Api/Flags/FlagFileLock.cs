using Vivace.Rollouts.Flags;

namespace Vivace.Api.Flags;

/// <summary>The right to write a flag file: a lock on the file beside it, which the system lets go of with the process.</summary>
internal static class FlagFileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Holds it until it is disposed of.</summary>
    /// <exception cref="FlagStoreException">Another process has held it for five seconds.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException)
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw new FlagStoreException($"{path} is being written by another process.", e);
                }

                await Task.Delay(Interval, time, cancellation);
            }
        }
    }
}
