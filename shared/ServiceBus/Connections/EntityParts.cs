namespace Vivace.ServiceBus.Connections;

/// <summary>What senders and receivers of one entity work with.</summary>
internal sealed record EntityParts(string EntityPath, ServiceBusConnection Connection, Retrying Retrying, TimeProvider Time, IServiceBusObserver? Observer)
{
    public ValueTask BeforeAsync(ServiceBusOperation operation) => Observer?.BeforeAsync(operation, EntityPath) ?? ValueTask.CompletedTask;

    public ValueTask AfterAsync(ServiceBusOperation operation) => Observer?.AfterAsync(operation, EntityPath) ?? ValueTask.CompletedTask;
}
