using Vivace.ServiceBus.Broker;
using Vivace.Sqlite.Broker;

namespace Vivace.ServiceBus.Tests.Journal;

public sealed class SqliteJournalTests : JournalConformance, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vivace-journal-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    protected override IBrokerJournal Open() => new SqliteBrokerJournal(new() { Folder = folder });
}
