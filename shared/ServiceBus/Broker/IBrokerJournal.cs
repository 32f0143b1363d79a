namespace Vivace.ServiceBus.Broker;

/// <summary>
/// The broker's durable state. One caller writes at a time, in the order in which things happened; the broker gathers what
/// happens during a write into the next one, so an implementation commits each call as one transaction and groups no further.
/// </summary>
public interface IBrokerJournal : IDisposable
{
    /// <summary>Everything that is kept, read once at start.</summary>
    ValueTask<BrokerSnapshot> LoadAsync(CancellationToken cancellation);

    /// <summary>Applies all of the changes or none; complete when they survive a kill of the process.</summary>
    ValueTask WriteAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellation);
}
