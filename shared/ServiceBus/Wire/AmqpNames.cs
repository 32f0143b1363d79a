namespace Vivace.ServiceBus.Wire;

/// <summary>
/// Names of Service Bus on the wire, from Microsoft's "AMQP 1.0 in Azure Service Bus protocol guide" and its request-response
/// guide.
/// </summary>
internal static class AmqpNames
{
    public const string CbsAddress = "$cbs";
    public const string ManagementSuffix = "/$management";
    public const string DeadLetterSuffix = "/$deadletterqueue";

    /// <summary>The message format of a batch: one Data section for each encoded message.</summary>
    public const uint BatchFormat = 0x80013700;

    public const string SessionFilter = "com.microsoft:session-filter";
    public const string LockedUntilProperty = "com.microsoft:locked-until-utc";
    public const string TimeoutProperty = "com.microsoft:timeout";

    /// <summary>On whose behalf a management node is asked.</summary>
    public const string AssociatedLinkName = "associated-link-name";

    /// <summary>Message annotations.</summary>
    public static class Annotation
    {
        public const string SequenceNumber = "x-opt-sequence-number";
        public const string EnqueuedTime = "x-opt-enqueued-time";
        public const string LockedUntil = "x-opt-locked-until";
        public const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";
        public const string PartitionKey = "x-opt-partition-key";
        public const string MessageState = "x-opt-message-state";
        public const string DeadLetterSource = "x-opt-deadletter-source";
    }

    /// <summary>Error conditions.</summary>
    public static class Condition
    {
        public const string DeadLetter = "com.microsoft:dead-letter";
        public const string MessageLockLost = "com.microsoft:message-lock-lost";
        public const string SessionLockLost = "com.microsoft:session-lock-lost";
        public const string SessionCannotBeLocked = "com.microsoft:session-cannot-be-locked";
        public const string MessageNotFound = "com.microsoft:message-not-found";
        public const string Timeout = "com.microsoft:timeout";
        public const string ServerBusy = "com.microsoft:server-busy";
        public const string EntityDisabled = "com.microsoft:entity-disabled";
        public const string ArgumentError = "com.microsoft:argument-error";
        public const string OperationCancelled = "com.microsoft:operation-cancelled";
    }

    /// <summary>Requests to <c>$cbs</c> and to an entity's <c>$management</c>.</summary>
    public static class Operation
    {
        public const string PutToken = "put-token";
        public const string RenewLock = "com.microsoft:renew-lock";
        public const string RenewSessionLock = "com.microsoft:renew-session-lock";
        public const string GetSessionState = "com.microsoft:get-session-state";
        public const string SetSessionState = "com.microsoft:set-session-state";
        public const string ScheduleMessage = "com.microsoft:schedule-message";
        public const string CancelScheduledMessage = "com.microsoft:cancel-scheduled-message";
        public const string PeekMessage = "com.microsoft:peek-message";
        public const string ReceiveBySequenceNumber = "com.microsoft:receive-by-sequence-number";
        public const string UpdateDisposition = "com.microsoft:update-disposition";
        public const string GetMessageSessions = "com.microsoft:get-message-sessions";
    }

    /// <summary>Dead-lettering: the info of a rejected outcome and the properties of the dead message.</summary>
    public static class DeadLetter
    {
        public const string Reason = "DeadLetterReason";
        public const string ErrorDescription = "DeadLetterErrorDescription";
    }
}
