using Microsoft.Data.Sqlite;
using SQLitePCL;
using Vivace.Runtime.Storage;

namespace Vivace.Sqlite;

internal static class SqliteFault
{
    /// <exception cref="SqliteException">The code is not SQLITE_OK.</exception>
    public static void ThrowUnlessOk(int code, sqlite3? database)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return;
        }

        var message = database is null ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(database).utf8_to_string();
        throw new SqliteException($"SQLite error {code}: {message}", code & 0xFF, code);
    }

    /// <summary>What the store's users see of a fault.</summary>
    public static StoreUnavailableException Unavailable(string what, SqliteException fault)
        => new($"The database {what} (SQLite error {fault.SqliteErrorCode}).", fault);
}
