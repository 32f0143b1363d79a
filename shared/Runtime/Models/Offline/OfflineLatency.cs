namespace Vivace.Runtime.Models.Offline;

/// <summary>Simulated latency of the demonstration model.</summary>
/// <param name="FirstToken">From the call to the first word.</param>
/// <param name="PerWord">Between words.</param>
public sealed record OfflineLatency(TimeSpan FirstToken, TimeSpan PerWord)
{
    /// <summary>Answers at once.</summary>
    public static OfflineLatency None { get; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Roughly what hosted models of the size take.</summary>
    public static OfflineLatency Simulated(ModelSize size) => size == ModelSize.Small
        ? new(TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(12))
        : new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(25));
}
