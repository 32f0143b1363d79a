namespace Vivace.ServiceBus.Broker;

/// <summary>What a journal kept.</summary>
public sealed class BrokerSnapshot
{
    /// <summary>In ascending order of sequence numbers within each queue.</summary>
    public IReadOnlyList<StoredMessage> Messages { get; init; } = [];

    /// <summary>The state of each session that has one, in no order.</summary>
    public IReadOnlyList<JournalChange.SessionStateSet> SessionStates { get; init; } = [];

    /// <summary>In the order in which they were kept.</summary>
    public IReadOnlyList<JournalChange.DuplicateIdKept> DuplicateIds { get; init; } = [];

    /// <summary>The last of each queue.</summary>
    public IReadOnlyList<JournalChange.SequenceReserved> Sequences { get; init; } = [];
}
