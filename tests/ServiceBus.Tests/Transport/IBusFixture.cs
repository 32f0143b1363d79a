namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>
/// What the conformance suite needs of a broker: its address and the queues of <see cref="ConformanceQueues"/>. Each test
/// uses sessions and messages of its own, but queues that count deliveries are used by one test alone.
/// </summary>
public interface IBusFixture : IAsyncDisposable
{
    string ConnectionString { get; }

    /// <summary>While set, nobody can connect.</summary>
    bool IsAway { set; }

    /// <summary>Breaks every connection, as a network does.</summary>
    Task BreakConnectionsAsync();
}
