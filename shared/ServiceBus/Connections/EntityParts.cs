using Amqp.Types;

namespace Vivace.ServiceBus.Connections;

/// <summary>What senders and receivers of one entity work with.</summary>
internal sealed record EntityParts(string EntityPath, ServiceBusConnection Connection, Retrying Retrying, TimeProvider Time, IServiceBusObserver? Observer)
{
    /// <summary>Asks the entity's management node.</summary>
    public async Task<Map> AskAsync(string operation, Map request, string? linkName, CancellationToken cancellation)
        => await (await Connection.GetAsync(cancellation).ConfigureAwait(false)).ManageAsync(EntityPath, operation, request, linkName, cancellation).ConfigureAwait(false);

    public ValueTask BeforeAsync(ServiceBusOperation operation) => Observer?.BeforeAsync(operation, EntityPath) ?? ValueTask.CompletedTask;

    public ValueTask AfterAsync(ServiceBusOperation operation) => Observer?.AfterAsync(operation, EntityPath) ?? ValueTask.CompletedTask;
}
