namespace Vivace.ServiceBus;

/// <summary>
/// A message to handle. When the handler returns, the message is completed; when it throws, it is abandoned and delivered
/// again.
/// </summary>
/// <param name="CancellationToken">Cancelled when the processor is stopped or the lock was lost.</param>
public sealed record ProcessMessageEventArgs(ServiceBusReceivedMessage Message, CancellationToken CancellationToken);
