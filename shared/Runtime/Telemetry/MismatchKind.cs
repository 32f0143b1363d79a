namespace Vivace.Runtime.Telemetry;

/// <summary>What was not as the turn's routing says.</summary>
public enum MismatchKind
{
    Mode,
    Room,
    Model,
    Path,
}
