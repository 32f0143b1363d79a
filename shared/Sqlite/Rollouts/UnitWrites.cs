using System.Text.Json;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;

namespace Vivace.Sqlite.Rollouts;

/// <summary>Merges what was measured with what is stored; the one writer's transaction makes reading and writing one step.</summary>
internal static class UnitWrites
{
    public static UnitRecord? Read(string row) => StoredJson.Read(row, RolloutsJson.Default.UnitRecord);

    /// <summary>Rows of units without any turn, or whose stored row cannot be read, are passed over, and returned.</summary>
    public static IReadOnlyList<UnitRecord> Record(SqliteSession session, string rollout, IReadOnlyList<UnitRecord> units, InstanceRecord instance)
    {
        var changed = session.Prepare("SELECT MAX(changed) FROM rollout_units WHERE rollout = ?1").QuerySingle(row => row.Long(0), rollout);
        var unknown = new List<UnitRecord>();
        foreach (var rows in units.GroupBy(u => u.Unit, StringComparer.Ordinal))
        {
            var stored = session
                .Prepare("SELECT row FROM rollout_units WHERE rollout = ?1 AND unit = ?2")
                .QuerySingle(row => row.Text(0), rollout, rows.Key);
            var before = stored is null ? null : Read(stored);
            var merged = UnitRecord.MergeFromFirst(before is null ? [.. rows] : [before, .. rows]);
            if (merged is null || (stored is not null && before is null))
            {
                unknown.AddRange(rows);
            }
            else if (!merged.Equals(before))
            {
                session
                    .Prepare("INSERT OR REPLACE INTO rollout_units (rollout, unit, row, changed) VALUES (?1, ?2, ?3, ?4)")
                    .Run(rollout, rows.Key, JsonSerializer.Serialize(merged, RolloutsJson.Default.UnitRecord), ++changed);
            }
        }

        Record(session, rollout, instance);
        return unknown;
    }

    /// <summary>A row of this process holds less than the process knows, so that one which cannot be read is written over.</summary>
    private static void Record(SqliteSession session, string rollout, InstanceRecord instance)
    {
        var before = session
            .Prepare("SELECT row FROM rollout_instances WHERE rollout = ?1 AND instance = ?2")
            .QuerySingle(row => StoredJson.Read(row.Text(0), RolloutsJson.Default.InstanceRecord), rollout, instance.Instance);
        var merged = before?.Merge(instance) ?? instance;
        if (merged != before)
        {
            session
                .Prepare("INSERT OR REPLACE INTO rollout_instances (rollout, instance, row) VALUES (?1, ?2, ?3)")
                .Run(rollout, instance.Instance, JsonSerializer.Serialize(merged, RolloutsJson.Default.InstanceRecord));
        }
    }
}
