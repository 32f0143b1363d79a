using Amqp.Types;
using Vivace.ServiceBus.Connections;
using Vivace.ServiceBus.Receiving;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus;

/// <summary>
/// Receives the messages of one session, which it holds locked. When the lock or the link is lost it is of no more use: its
/// operations fail with <see cref="ServiceBusFailureReason.SessionLockLost"/>, and the session is accepted anew.
/// </summary>
public sealed class ServiceBusSessionReceiver : ServiceBusReceiver
{
    private DateTimeOffset lockedUntil;

    internal ServiceBusSessionReceiver(EntityParts parts, ReceivingLink link, ServiceBusSessionReceiverOptions options)
        : base(parts, options.PrefetchCount, options.ReceiveMode)
    {
        Link = link;
        SessionId = link.SessionId ?? "";
        lockedUntil = link.SessionLockedUntil;
    }

    public string SessionId { get; }

    /// <summary>When the session's lock ends unless it is renewed.</summary>
    public DateTimeOffset SessionLockedUntil => lockedUntil;

    /// <summary>Whether the session is no longer held.</summary>
    public bool IsClosed => Link is not { IsClosed: false };

    /// <summary>Extends the session's lock by the queue's lock duration.</summary>
    public async Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfLost();
        var answer = await ManageAsync(AmqpNames.Operation.RenewSessionLock, ForSession([]), cancellationToken).ConfigureAwait(false);
        if (answer["expiration"] is DateTime until)
        {
            lockedUntil = new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc));
        }
    }

    /// <summary>What was last stored with the session; null for nothing.</summary>
    public async Task<BinaryData?> GetSessionStateAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfLost();
        var answer = await ManageAsync(AmqpNames.Operation.GetSessionState, ForSession([]), cancellationToken).ConfigureAwait(false);
        return answer["session-state"] is byte[] state ? BinaryData.FromBytes(state) : null;
    }

    /// <param name="state">Null removes it.</param>
    public Task SetSessionStateAsync(BinaryData? state, CancellationToken cancellationToken = default)
    {
        ThrowIfLost();
        return ManageAsync(AmqpNames.Operation.SetSessionState, ForSession(new Map { ["session-state"] = state?.ToArray() }), cancellationToken);
    }

    private protected override Map ForSession(Map request)
    {
        request["session-id"] = SessionId;
        return request;
    }

    private protected override ValueTask<ReceivingLink> LinkAsync(CancellationToken cancellation)
    {
        ThrowIfLost();
        return new(Link!);
    }

    private void ThrowIfLost()
    {
        if (IsClosed)
        {
            throw new ServiceBusException($"The lock of session {SessionId} was lost.", ServiceBusFailureReason.SessionLockLost, EntityPath);
        }
    }
}
