using Vivace.ServiceBus.Broker;

namespace Vivace.Sqlite.Broker;

/// <summary>The journal of the embedded Service Bus: <c>broker.db</c> in the folder, one transaction for each write.</summary>
public sealed class SqliteBrokerJournal : IBrokerJournal
{
    private readonly SqliteReaders readers;
    private readonly SqliteWriter writer;
    private readonly SqliteCheckpointer checkpointer;
    private readonly QueueIds queues;

    /// <summary>Opens the database, making it or bringing it up to date.</summary>
    /// <exception cref="InvalidDataException">A newer version of the program wrote it.</exception>
    public SqliteBrokerJournal(SqliteOptions options)
    {
        var database = new SqliteDatabase(options, "broker.db", "broker-schema");
        readers = new SqliteReaders(database);
        writer = new SqliteWriter(database, readers);
        checkpointer = new SqliteCheckpointer(database, writer);
        queues = new QueueIds(writer);
    }

    /// <inheritdoc/>
    public ValueTask<BrokerSnapshot> LoadAsync(CancellationToken cancellation) => writer.WriteAsync(JournalReader.Read, cancellation);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellation)
    {
        await queues.KnowAsync(changes, cancellation);
        await writer.WriteAsync(
            session =>
            {
                JournalChanges.Apply(session, queues, changes);
                return changes.Count;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        checkpointer.Dispose();
        writer.Dispose();
        readers.Dispose();
    }
}
