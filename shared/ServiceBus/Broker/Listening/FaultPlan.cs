using Amqp.Framing;
using Amqp.Listener;

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
                BrokerConnection.Of(link).Transport?.Close();
                return;
            case BrokerFaultKind.CloseConnection:
                link.Session.Connection.Close(TimeSpan.Zero, Planted(Amqp.ErrorCode.ConnectionForced));
                return;
            case BrokerFaultKind.DetachLink:
                link.Close(TimeSpan.Zero, Planted(Amqp.ErrorCode.DetachForced));
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

    private static Error Planted(string condition) => new(condition) { Description = "A planted fault." };
}
