namespace Vivace.ServiceBus;

/// <summary>Why an operation failed.</summary>
public enum ServiceBusFailureReason
{
    /// <summary>None of the others; the message says more.</summary>
    GeneralError,
    MessagingEntityNotFound,
    MessagingEntityDisabled,

    /// <summary>The lock ended before the message was settled; the message is delivered again.</summary>
    MessageLockLost,
    MessageNotFound,
    MessageSizeExceeded,
    QuotaExceeded,

    /// <summary>The broker cannot take this now.</summary>
    ServiceBusy,

    /// <summary>No answer in time, or no session that could be accepted.</summary>
    ServiceTimeout,

    /// <summary>The connection or link broke.</summary>
    ServiceCommunicationProblem,

    /// <summary>Another receiver holds the session.</summary>
    SessionCannotBeLocked,

    /// <summary>The session's lock ended; its receiver is of no more use.</summary>
    SessionLockLost,
}
