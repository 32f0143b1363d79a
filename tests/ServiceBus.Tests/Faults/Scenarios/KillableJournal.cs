using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>A journal that from a moment on takes nothing more, as when its process is killed.</summary>
internal sealed class KillableJournal(IBrokerJournal inner) : IBrokerJournal
{
    private volatile bool killed;

    public void Kill() => killed = true;

    public ValueTask<BrokerSnapshot> LoadAsync(CancellationToken cancellation) => inner.LoadAsync(cancellation);

    public ValueTask WriteAsync(IReadOnlyList<JournalChange> changes, CancellationToken cancellation)
        => killed ? throw new IOException("The process is dead.") : inner.WriteAsync(changes, cancellation);

    public void Dispose() => inner.Dispose();
}
