namespace Vivace.ServiceBus.Broker;

/// <summary>Faults that tests plant. Asked on the broker's own threads: answer at once, never throw.</summary>
public interface IBrokerFaults
{
    BrokerFault At(BrokerFaultPoint point, string queue);
}
