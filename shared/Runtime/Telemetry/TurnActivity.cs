using System.Diagnostics;

namespace Vivace.Runtime.Telemetry;

/// <summary>
/// The activity of a turn. It is started whether or not anybody listens, since the routing client tells by it whether a
/// call is made inside a turn.
/// </summary>
internal static class TurnActivity
{
    public static Activity Start(string turnId)
    {
        var activity = new Activity(TelemetryNames.PipelineSpan);
        activity.SetCustomProperty(TelemetryNames.TurnId, turnId);
        return activity.Start();
    }

    public static string? CurrentTurnId(Activity? activity)
    {
        for (; activity is not null; activity = activity.Parent)
        {
            if (activity.GetCustomProperty(TelemetryNames.TurnId) is string turnId)
            {
                return turnId;
            }
        }

        return null;
    }
}
