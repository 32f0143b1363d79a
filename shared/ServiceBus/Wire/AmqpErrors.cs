using System.Security.Authentication;
using Amqp;
using Amqp.Framing;
using static Vivace.ServiceBus.ServiceBusFailureReason;

namespace Vivace.ServiceBus.Wire;

/// <summary>What an error of the wire means to a caller.</summary>
internal static class AmqpErrors
{
    private static readonly Dictionary<string, ServiceBusFailureReason> Reasons = new(StringComparer.Ordinal)
    {
        [AmqpNames.Condition.MessageLockLost] = MessageLockLost,
        [AmqpNames.Condition.SessionLockLost] = SessionLockLost,
        [AmqpNames.Condition.SessionCannotBeLocked] = SessionCannotBeLocked,
        [AmqpNames.Condition.MessageNotFound] = MessageNotFound,
        [AmqpNames.Condition.Timeout] = ServiceTimeout,
        [AmqpNames.Condition.ServerBusy] = ServiceBusy,
        [AmqpNames.Condition.EntityDisabled] = MessagingEntityDisabled,
        [AmqpNames.Condition.ArgumentError] = GeneralError,
        [AmqpNames.Condition.OperationCancelled] = ServiceCommunicationProblem,
        [ErrorCode.NotFound] = MessagingEntityNotFound,
        [ErrorCode.NotAllowed] = GeneralError,
        [ErrorCode.NotImplemented] = GeneralError,
        [ErrorCode.InvalidField] = GeneralError,
        [ErrorCode.DecodeError] = GeneralError,
        [ErrorCode.MessageSizeExceeded] = MessageSizeExceeded,
        [ErrorCode.ResourceLimitExceeded] = QuotaExceeded,
        [ErrorCode.UnauthorizedAccess] = GeneralError,
    };

    /// <summary>Whether the connection is gone, as closing finds when it breaks at the same moment.</summary>
    public static bool IsOfBrokenConnection(Exception fault)
        => fault is AmqpException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException;

    /// <param name="error">Null: the connection broke without a word.</param>
    public static Exception ToException(Error? error, string entityPath, Exception? inner = null)
    {
        var condition = error?.Condition?.ToString() ?? "";
        var message = error?.Description is { Length: > 0 } said ? said : condition.Length > 0 ? condition : "The connection to Service Bus broke.";
        return condition == ErrorCode.UnauthorizedAccess
            ? new UnauthorizedAccessException(message, inner)
            : new ServiceBusException(message, Reasons.GetValueOrDefault(condition, ServiceCommunicationProblem), entityPath, inner);
    }

    /// <summary>The exceptions of the transport and of the library, as callers know them.</summary>
    public static Exception ToException(Exception fault, string entityPath) => fault switch
    {
        ServiceBusException or UnauthorizedAccessException or OperationCanceledException => fault,
        AmqpException e => ToException(e.Error, entityPath, e),
        TimeoutException => new ServiceBusException("Service Bus did not answer in time.", ServiceTimeout, entityPath, fault),
        AuthenticationException => new UnauthorizedAccessException($"Service Bus at {entityPath} cannot be trusted: {fault.Message}", fault),
        IOException or System.Net.Sockets.SocketException or ObjectDisposedException
            => new ServiceBusException("Service Bus cannot be reached.", ServiceCommunicationProblem, entityPath, fault),
        _ => fault,
    };
}
