namespace Vivace.ServiceBus.Broker.Engine;

internal enum ReceiveMode
{
    PeekLock,
    ReceiveAndDelete,
}
