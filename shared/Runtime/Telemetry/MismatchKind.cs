namespace Vivace.Runtime.Telemetry;

/// <summary>What was not as the turn's routing says. Each counts against a rollout that runs, and rolls it back.</summary>
public enum MismatchKind
{
    /// <summary>A turn that was served fast had called a large model, or was not of the fast arm; seen when it has run, and not refused.</summary>
    Mode,

    /// <summary>Another room than the turn's. Nothing here raises it today; it is for turns that another Vivace runs.</summary>
    Room,

    /// <summary>A model was called with another turn's routing, or inside a turn with none; the call is refused.</summary>
    Model,

    /// <summary>Another path than the turn's, local or cloud. Nothing here raises it today; it is for turns that another Vivace runs.</summary>
    Path,
}
