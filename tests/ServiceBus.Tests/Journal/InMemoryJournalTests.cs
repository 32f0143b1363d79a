using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Journal;

/// <summary>The journal that other tests rely on is one.</summary>
public sealed class InMemoryJournalTests : JournalConformance
{
    private readonly InMemoryJournal journal = new();

    protected override IBrokerJournal Open() => journal;
}
