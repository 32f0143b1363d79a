namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>What a queue promises beyond what every queue does.</summary>
/// <param name="Lock">How long a message or a session is locked.</param>
internal sealed record QueueRules(string Name, bool DetectsDuplicates, bool HasSessions, TimeSpan Lock);
