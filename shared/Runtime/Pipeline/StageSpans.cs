using System.Diagnostics;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Telemetry;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Pipeline;

/// <summary>The spans of the stages; none are made unless something listens.</summary>
internal static class StageSpans
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    public static Activity? Start(string stage, TurnContext turn) => Source.HasListeners()
        ? Source.StartActivity(stage)?
            .SetTag(TelemetryNames.TurnId, turn.Options.TurnId)
            .SetTag(TelemetryNames.Mode, turn.Mode == ProcessingMode.Fast ? "fast" : "default")
            .SetTag(TelemetryNames.Profile, turn.Profile.Options.Profile)
        : null;
}
