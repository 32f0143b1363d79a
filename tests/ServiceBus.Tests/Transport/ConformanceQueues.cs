namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>The queues of the conformance suite, and how each differs from the defaults.</summary>
public static class ConformanceQueues
{
    /// <summary>No sessions, lock 60 s, 10 deliveries.</summary>
    public const string Plain = "plain";

    /// <summary>Sessions.</summary>
    public const string Sessions = "sessions";

    /// <summary>Duplicate detection.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>Locks of 5 s.</summary>
    public const string Short = "short";

    /// <summary>Sessions, locks of 5 s.</summary>
    public const string ShortSessions = "short-sessions";

    /// <summary>2 deliveries.</summary>
    public const string Dying = "dying";

    /// <summary>Messages live 300 ms and are dead-lettered after that.</summary>
    public const string Brief = "brief";

    public static IReadOnlyList<string> All { get; } = [Plain, Sessions, Duplicates, Short, ShortSessions, Dying, Brief];

    public static TimeSpan ShortLock { get; } = TimeSpan.FromSeconds(5);
}
