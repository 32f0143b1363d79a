using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Vivace.Sqlite;

/// <summary>The writer's transactions, one after another.</summary>
internal sealed class SqliteTransaction(SqliteSession session)
{
    private long commits;

    /// <summary>Committed so far.</summary>
    public long Commits => Volatile.Read(ref commits);

    /// <summary>Begins one; false where none begins.</summary>
    public bool TryBegin([NotNullWhen(false)] out Exception? fault)
    {
        try
        {
            session.Prepare("BEGIN IMMEDIATE").Run();
            fault = null;
            return true;
        }
        catch (SqliteException e)
        {
            // Should one be open that could not be rolled back when it failed.
            RollBack();
            fault = e;
            return false;
        }
    }

    /// <summary>Makes the writes in the transaction that has begun, and ends it; false: none of them is made.</summary>
    public bool TryCommit(List<SqliteWork> group, [NotNullWhen(false)] out Exception? fault)
    {
        try
        {
            foreach (var write in group)
            {
                write.Execute(session);
            }

            session.Prepare("COMMIT").Run();
            Volatile.Write(ref commits, commits + 1);
        }
        catch (Exception e)
        {
            fault = e;
            RollBack();
            return false;
        }

        foreach (var write in group)
        {
            write.Succeed();
        }

        fault = null;
        return true;
    }

    private void RollBack()
    {
        try
        {
            session.Prepare("ROLLBACK").Run();
        }
        catch (SqliteException)
        {
            // SQLite had rolled back by itself, or no transaction had begun.
        }
    }
}
