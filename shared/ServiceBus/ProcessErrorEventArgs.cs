namespace Vivace.ServiceBus;

/// <summary>Something failed in a processor, which goes on.</summary>
public sealed record ProcessErrorEventArgs(Exception Exception, ServiceBusErrorSource ErrorSource, string EntityPath, CancellationToken CancellationToken);
