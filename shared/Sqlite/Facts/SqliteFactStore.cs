using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Facts;

internal sealed class SqliteFactStore(SqliteWriter writer) : IFactStore
{
    public async ValueTask AddAsync(FactRow fact, string conversationId, CancellationToken cancellationToken)
        => await writer.WriteAsync(
            session => IsThere(session, conversationId, fact.Owner) && Insert(session, fact),
            cancellationToken);

    public ValueTask<IReadOnlyList<FactRow>> ListAsync(string owner, string roomId, int limit, CancellationToken cancellationToken)
        => writer.ReadAsync<IReadOnlyList<FactRow>>(session => List(session, owner, roomId, limit), cancellationToken);

    internal static bool Insert(SqliteSession session, FactRow fact)
        => session
            .Prepare("INSERT OR IGNORE INTO facts (owner, room_id, text, turn_id, created) VALUES (?1, ?2, ?3, ?4, ?5)")
            .Run(fact.Owner, fact.RoomId, fact.Text, fact.TurnId, fact.CreatedAt) == 1;

    private static bool IsThere(SqliteSession session, string conversationId, string owner)
        => session.Prepare("SELECT 1 FROM conversations WHERE id = ?1 AND owner = ?2").QuerySingle(row => row.Int(0), conversationId, owner) == 1;

    private static List<FactRow> List(SqliteSession session, string owner, string roomId, int limit)
    {
        var rows = session
            .Prepare("SELECT text, turn_id, created FROM facts WHERE owner = ?1 AND room_id = ?2 ORDER BY created DESC, text LIMIT ?3 + 0")
            .Query(row => new FactRow(owner, roomId, row.Text(0), row.Text(1), row.Time(2)), owner, roomId, limit);
        rows.Reverse();
        return rows;
    }
}
