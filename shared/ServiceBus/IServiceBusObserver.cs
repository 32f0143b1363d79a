namespace Vivace.ServiceBus;

/// <summary>Is told of every operation that changes something at the broker, before it begins and when it has succeeded.</summary>
public interface IServiceBusObserver
{
    ValueTask BeforeAsync(ServiceBusOperation operation, string entityPath);

    ValueTask AfterAsync(ServiceBusOperation operation, string entityPath);
}
