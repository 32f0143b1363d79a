using Amqp.Framing;
using Amqp.Listener;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Carries out the faults that tests plant at a queue's points; without any it only goes on.</summary>
internal sealed class FaultPlan(IBrokerFaults? faults, string queue, TimeProvider time)
{
    /// <param name="next">What happens without a fault.</param>
    /// <param name="twice">What happens beside it when it is to happen twice.</param>
    /// <param name="busy">What happens in its place when the broker is to be busy.</param>
    public void At(BrokerFaultPoint point, ListenerLink link, Action next, Action? twice = null, Action? busy = null)
    {
        var fault = faults?.At(point, queue) ?? BrokerFault.None;
        switch (fault.Kind)
        {
            case BrokerFaultKind.DropConnection:
                Drop(link);
                return;
            case BrokerFaultKind.DetachLink:
                link.Close(TimeSpan.Zero, new Error(Amqp.ErrorCode.DetachForced) { Description = "A planted fault." });
                return;
            case BrokerFaultKind.Delay:
                _ = LaterAsync(fault.Delay, next);
                return;
            case BrokerFaultKind.ServerBusy when busy is not null:
                busy();
                return;
            case BrokerFaultKind.Duplicate:
                twice?.Invoke();
                break;
        }

        next();
    }

    private async Task LaterAsync(TimeSpan delay, Action next)
    {
        await Task.Delay(delay, time).ConfigureAwait(false);
        next();
    }

    private static void Drop(ListenerLink link)
        => link.Session.Connection.Close(TimeSpan.Zero, new Error(AmqpNames.Condition.ServerBusy) { Description = "A planted fault." });
}
