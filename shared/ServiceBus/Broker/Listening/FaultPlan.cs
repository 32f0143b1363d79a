using Amqp.Framing;
using Amqp.Listener;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>
/// Carries out the faults that tests plant at the points of one link; without any it only goes on. A delay holds up what
/// comes behind it at the same point, since a link never changes the order.
/// </summary>
internal sealed class FaultPlan(IBrokerFaults? faults, string queue, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<BrokerFaultPoint, Queue<Passage>> held = [];

    /// <param name="next">What happens without a fault.</param>
    /// <param name="twice">What happens beside it when it is to happen twice.</param>
    /// <param name="busy">What happens in its place when the broker is to be busy.</param>
    public void At(BrokerFaultPoint point, ListenerLink link, Action next, Action? twice = null, Action? busy = null)
    {
        if (faults is null)
        {
            next();
            return;
        }

        var passage = new Passage(faults.At(point, queue), link, next, twice, busy);
        lock (gate)
        {
            if (held.TryGetValue(point, out var line))
            {
                line.Enqueue(passage);
                return;
            }

            if (passage.Fault.Kind == BrokerFaultKind.Delay)
            {
                held[point] = new Queue<Passage>([passage]);
                _ = LetGoAsync(point);
                return;
            }
        }

        Pass(passage);
    }

    private async Task LetGoAsync(BrokerFaultPoint point)
    {
        while (true)
        {
            Passage passage;
            lock (gate)
            {
                if (!held[point].TryDequeue(out passage!))
                {
                    held.Remove(point);
                    return;
                }
            }

            await Task.Delay(passage.Fault.Delay, time).ConfigureAwait(false);
            Pass(passage);
        }
    }

    private static void Pass(Passage passage)
    {
        try
        {
            CarryOut(passage);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // It broke by itself meanwhile.
        }
    }

    private static void CarryOut(Passage passage)
    {
        switch (passage.Fault.Kind)
        {
            case BrokerFaultKind.DropConnection:
                BrokerConnection.Of(passage.Link).Transport?.Close();
                return;
            case BrokerFaultKind.CloseConnection:
                passage.Link.Session.Connection.Close(TimeSpan.Zero, Planted(Amqp.ErrorCode.ConnectionForced));
                return;
            case BrokerFaultKind.DetachLink:
                passage.Link.Close(TimeSpan.Zero, Planted(Amqp.ErrorCode.DetachForced));
                return;
            case BrokerFaultKind.ServerBusy when passage.Busy is { } busy:
                busy();
                return;
            case BrokerFaultKind.Duplicate:
                passage.Twice?.Invoke();
                break;
        }

        passage.Next();
    }

    private static Error Planted(string condition) => new(condition) { Description = "A planted fault." };

    private sealed record Passage(BrokerFault Fault, ListenerLink Link, Action Next, Action? Twice, Action? Busy);
}
