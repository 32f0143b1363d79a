namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>How an attempt to receive from a session ended.</summary>
internal enum AcceptOutcome
{
    Accepted,

    /// <summary>Another receiver holds the session.</summary>
    CannotBeLocked,

    /// <summary>No session had messages in time.</summary>
    TimedOut,
}
