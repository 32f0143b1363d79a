namespace Vivace.ServiceBus;

/// <summary>The operations that change something at the broker.</summary>
public enum ServiceBusOperation
{
    Send,
    Complete,
    Abandon,
    DeadLetter,
    Defer,
    Schedule,
    CancelScheduled,
}
