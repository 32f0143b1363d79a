namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>The next sequence number of a queue; the journal hears of them in blocks, so a restart skips the rest of one.</summary>
internal sealed class SequenceNumbers(string queue)
{
    private const long Block = 10_000;

    private long next = 1;
    private long reserved = 1;

    /// <summary>Goes on from there, or from further on when it is there already.</summary>
    public void Load(long from)
    {
        if (from > next)
        {
            (next, reserved) = (from, from);
        }
    }

    public long Next(List<JournalChange> changes)
    {
        if (next == reserved)
        {
            reserved += Block;
            changes.Add(new JournalChange.SequenceReserved(queue, reserved));
        }

        return next++;
    }
}
