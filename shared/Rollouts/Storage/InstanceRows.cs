using Vivace.Rollouts.Measuring;

namespace Vivace.Rollouts.Storage;

/// <summary>The rows of all instances.</summary>
/// <param name="Records">Those that can be read.</param>
/// <param name="Unread">How many cannot.</param>
public sealed record InstanceRows(IReadOnlyList<InstanceRecord> Records, int Unread);
