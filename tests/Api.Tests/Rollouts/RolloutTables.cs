using Microsoft.Data.Sqlite;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>The tables of a deployment, read and changed beside the application.</summary>
internal static class RolloutTables
{
    public static List<string> Rows(RolloutDeployment deployment, string sql) => Query(deployment, sql, reader => reader.GetString(0));

    public static long Number(RolloutDeployment deployment, string sql) => Query(deployment, sql, reader => reader.GetInt64(0)).Single();

    public static void Execute(RolloutDeployment deployment, string sql) => Query(deployment, sql, _ => 0);

    private static List<T> Query<T>(RolloutDeployment deployment, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(deployment.Host.Folder, "vivace.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Without a fault, and no longer counted among those that are there.</summary>
    public static async Task StopsCleanlyAsync(RolloutDeployment deployment)
    {
        await deployment.Host.LeaveAsync();
        Assert.Equal(0, Number(deployment, "SELECT COUNT(*) FROM rollout_heartbeats"));
    }
}
