using System.Text.Json;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Storage;

namespace Vivace.Sqlite.Rollouts;

/// <summary>The transaction of a decision.</summary>
internal static class DecisionWrites
{
    /// <summary>False where another decision has been written since the version.</summary>
    public static bool Commit(SqliteSession session, string name, long version, RolloutCommit commit)
    {
        var stands = session.Prepare("SELECT version FROM rollouts WHERE name = ?1").QuerySingle(row => row.Long(0), name);
        if (stands != version)
        {
            return false;
        }

        var head = commit.Entry is { } entry ? AuditLog.HeadOf(entry) : Head(session, name);
        var plan = commit.Plan is null ? null : JsonSerializer.Serialize(commit.Plan, RolloutPlanJson.Default.RolloutPlan);
        session
            .Prepare("INSERT OR REPLACE INTO rollouts (name, version, plan, configured, status, head_sequence, head_hash) "
                + "VALUES (?1, ?2, COALESCE(?3, (SELECT plan FROM rollouts WHERE name = ?1)), ?4, ?5, ?6, ?7)")
            .Run(
                name, version + 1, plan, commit.IsConfigured,
                JsonSerializer.Serialize(commit.Status, RolloutsJson.Default.RolloutStatus), head.Sequence, head.Hash);
        if (commit.Entry is not null)
        {
            session
                .Prepare("INSERT INTO rollout_audit (name, sequence, rollout, line) VALUES (?1, ?2, ?3, ?4)")
                .Run(name, head.Sequence, commit.Status.RolloutId, AuditLog.ToLine(commit.Entry));
        }

        return true;
    }

    private static AuditHead Head(SqliteSession session, string name)
        => session
            .Prepare("SELECT head_sequence, head_hash FROM rollouts WHERE name = ?1")
            .QuerySingle(row => new AuditHead(row.Long(0), row.Text(1)), name) ?? AuditHead.Empty;
}
