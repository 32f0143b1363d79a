using System.Text.Json;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Storage;

namespace Vivace.Sqlite.Rollouts;

internal sealed class SqliteRolloutStore(SqliteWriter writer, SqliteReaders readers) : IRolloutStore
{
    public async ValueTask<StoredRollout> LoadAsync(string name, CancellationToken cancellationToken)
        => await writer.ReadAsync(
            session => session
                .Prepare("SELECT version, plan, configured, status, head_sequence, head_hash FROM rollouts WHERE name = ?1")
                .QuerySingle(
                    row => StoredRollout.Read(row.Long(0), row.Text(1), row.Flag(2), row.Text(3), new AuditHead(row.Long(4), row.Text(5))), name),
            cancellationToken) ?? StoredRollout.None;

    public ValueTask<bool> CommitAsync(string name, long version, RolloutCommit commit, CancellationToken cancellationToken)
        => writer.WriteAsync(session => DecisionWrites.Commit(session, name, version, commit), cancellationToken);

    public ValueTask<bool> HasRunAsync(string name, string rolloutId, CancellationToken cancellationToken)
        => writer.ReadAsync(
            session => session.Prepare("SELECT 1 FROM rollout_audit WHERE name = ?1 AND rollout = ?2 LIMIT 1").QuerySingle(row => row.Int(0), name, rolloutId) == 1,
            cancellationToken);

    public ValueTask<IReadOnlyList<string>> HistoryAsync(string name, long after, int limit, CancellationToken cancellationToken)
        => new(readers.Read(
            session => session
                .Prepare("SELECT line FROM rollout_audit WHERE name = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3 + 0")
                .Query(row => row.Text(0), name, after, limit),
            cancellationToken));

    public ValueTask<IReadOnlyList<UnitRecord>> RecordAsync(
        string rolloutId, IReadOnlyList<UnitRecord> units, InstanceRecord instance, CancellationToken cancellationToken)
        => writer.WriteAsync(session => UnitWrites.Record(session, rolloutId, units, instance), cancellationToken);

    public ValueTask<UnitChanges> ChangedAsync(string rolloutId, long after, int limit, CancellationToken cancellationToken)
    {
        var rows = readers.Read(
            session => session
                .Prepare("SELECT unit, row, changed FROM rollout_units WHERE rollout = ?1 AND changed > ?2 ORDER BY changed LIMIT ?3 + 0")
                .Query(row => (Unit: row.Text(0), Record: UnitWrites.Read(row.Text(1)), Changed: row.Long(2)), rolloutId, after, limit),
            cancellationToken);
        return new(new UnitChanges([.. rows.Select(r => r.Record).OfType<UnitRecord>()], rows.Count == 0 ? after : rows[^1].Changed)
        {
            Unread = [.. rows.Where(r => r.Record is null).Select(r => r.Unit)],
        });
    }

    public async ValueTask<InstanceRows> InstancesAsync(string rolloutId, CancellationToken cancellationToken)
    {
        var rows = await writer.ReadAsync(
            session => session
                .Prepare("SELECT row FROM rollout_instances WHERE rollout = ?1")
                .Query(row => StoredJson.Read(row.Text(0), RolloutsJson.Default.InstanceRecord), rolloutId),
            cancellationToken);
        return new InstanceRows([.. rows.OfType<InstanceRecord>()], rows.Count(r => r is null));
    }

    public ValueTask<UnjudgedTurns> UnjudgedAsync(string rolloutId, string evaluator, CancellationToken cancellationToken)
    {
        var oldest = readers.Read(
            session => session
                .Prepare("SELECT arm, MIN(created) FROM ("
                    + "SELECT rollout_arm AS arm, created FROM turns WHERE status = 0 AND rollout = ?1 "
                    + "UNION ALL SELECT t.rollout_arm, t.created FROM evaluations e JOIN turns t ON t.id = e.turn_id "
                    + "WHERE e.status = 0 AND e.evaluator = ?2 AND t.rollout = ?1) GROUP BY arm")
                .Query(row => (Arm: (RolloutArm)row.Int(0), At: row.Time(1)), rolloutId, evaluator),
            cancellationToken);
        DateTimeOffset? Of(RolloutArm arm) => oldest.Where(o => o.Arm == arm).Select(o => (DateTimeOffset?)o.At).FirstOrDefault();
        return new(new UnjudgedTurns(Of(RolloutArm.Fast), Of(RolloutArm.Control)));
    }

    public async ValueTask BeatAsync(Heartbeat heartbeat, DateTimeOffset forgetBefore, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session =>
            {
                session.Prepare("DELETE FROM rollout_heartbeats WHERE at < ?1").Run(forgetBefore);
                var hashes = JsonSerializer.Serialize(new Dictionary<string, string>(heartbeat.ProfileHashes), RolloutsJson.Default.DictionaryStringString);
                return session
                    .Prepare("INSERT OR REPLACE INTO rollout_heartbeats (instance, hashes, at) VALUES (?1, ?2, ?3)")
                    .Run(heartbeat.Instance, hashes, heartbeat.At);
            },
            cancellationToken);

    public async ValueTask LeaveAsync(string instance, CancellationToken cancellationToken)
        => await writer.WriteAsync(session => session.Prepare("DELETE FROM rollout_heartbeats WHERE instance = ?1").Run(instance), cancellationToken);

    /// <summary>Who says something that cannot be read is there, with profiles like nobody else's.</summary>
    public ValueTask<IReadOnlyList<Heartbeat>> HeartbeatsAsync(DateTimeOffset since, CancellationToken cancellationToken)
        => writer.ReadAsync<IReadOnlyList<Heartbeat>>(
            session => session
                .Prepare("SELECT instance, hashes, at FROM rollout_heartbeats WHERE at >= ?1 ORDER BY instance")
                .Query(row => new Heartbeat(row.Text(0), StoredJson.Read(row.Text(1), RolloutsJson.Default.DictionaryStringString) ?? [], row.Time(2)), since),
            cancellationToken);

    public async ValueTask PutProbeAsync(string name, RolloutProbe probe, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session => session
                .Prepare("INSERT OR REPLACE INTO rollout_probes (name, probe) VALUES (?1, ?2)")
                .Run(name, JsonSerializer.Serialize(probe, RolloutsJson.Default.RolloutProbe)),
            cancellationToken);

    public ValueTask<RolloutProbe?> ProbeAsync(string name, CancellationToken cancellationToken)
        => writer.ReadAsync(
            session => session
                .Prepare("SELECT probe FROM rollout_probes WHERE name = ?1")
                .QuerySingle(row => StoredJson.Read(row.Text(0), RolloutsJson.Default.RolloutProbe), name),
            cancellationToken);
}
