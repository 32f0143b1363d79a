namespace Vivace.Api.Settings;

/// <summary>The demonstration model.</summary>
internal sealed class OfflineSettings
{
    /// <summary><c>simulated</c> or <c>none</c>.</summary>
    public string Latency { get; set; } = "simulated";

    public IEnumerable<string> Faults()
        => Latency is "simulated" or "none" ? [] : ["Models:Offline:Latency must be simulated or none."];
}
