using Microsoft.Data.Sqlite;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Hosting;

/// <summary>Tells of a database that cannot be used which file it is and what to do.</summary>
internal static class DatabaseFault
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Malformed = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <exception cref="StartupException">SQLite could not use the file.</exception>
    public static T Tell<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException e)
        {
            throw Of(path, e);
        }
    }

    /// <exception cref="StartupException">SQLite could not use the file.</exception>
    public static async Task<T> TellAsync<T>(string path, Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (StoreUnavailableException e) when (e.InnerException is SqliteException fault)
        {
            throw Of(path, fault);
        }
    }

    private static StartupException Of(string path, SqliteException fault)
        => new("The database cannot be used:", [$"{Path.GetFullPath(path)}: {fault.Message}. {Advice(fault.SqliteErrorCode)}"]);

    private static string Advice(int code) => code switch
    {
        NotADatabase or Malformed
            => "Put a copy in its place, or move it away together with its -wal and -shm, and Vivace begins with an empty one.",
        ReadOnly => "Let this user write the file and its folder, or choose another Storage:Path.",
        CannotOpen => "It must be a file that this user may read and write, in a folder that they may write; or choose another Storage:Path.",
        Busy => "Another program holds it; end that, or choose another Storage:Path.",
        Full => "Make room on its disk, or choose another Storage:Path.",
        _ => "See to the disk, or choose another Storage:Path.",
    };
}
