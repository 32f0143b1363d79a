namespace Vivace.ServiceBus;

/// <summary>A Service Bus operation failed.</summary>
public sealed class ServiceBusException(string message, ServiceBusFailureReason reason, string? entityPath = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ServiceBusFailureReason Reason { get; } = reason;

    public string? EntityPath { get; } = entityPath;

    /// <summary>Whether the same operation may succeed when it is tried again.</summary>
    public bool IsTransient => Reason is ServiceBusFailureReason.ServiceBusy or ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceCommunicationProblem;
}
