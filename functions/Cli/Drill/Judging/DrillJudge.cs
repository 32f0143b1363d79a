using System.Globalization;
using Vivace.Cli.Output;

namespace Vivace.Cli.Drill.Judging;

/// <summary>Judges a drill: a pure function of what was observed, and when.</summary>
internal static class DrillJudge
{
    public static DrillReport Judge(DrillCriteria criteria, IReadOnlyList<DrillTurn> turns, IReadOnlyList<DrillLook> looks)
    {
        var timeline = new DrillTimeline(criteria, turns, looks);
        var from = timeline.Decisive?.EndedAt;
        var endpoints = criteria.Endpoints.Select(e => Of(e, timeline, from)).ToArray();
        string[] faults = [.. Faults(criteria, timeline, endpoints)];
        return new DrillReport
        {
            Ok = faults.Length == 0,
            Fault = criteria.Fault,
            Rollback = criteria.Rollback,
            Units = turns.Count,
            Fast = turns.Count(t => t.IsFast),
            Bad = timeline.Bad.Count,
            NotMeasured = turns.Count(t => t.Report is null),
            Decisive = criteria.Decisive,
            UnitsUntilDecisive = from is { } end ? turns.Count(t => t.EndedAt <= end) : null,
            Gate = timeline.RolledBack?.Reason,
            DetectMs = Between(from, timeline.RolledBack?.At),
            WriteMs = Between(timeline.RolledBack?.At, timeline.FlagOff?.At),
            PropagateMs = Between(timeline.FlagOff?.At, OffAt(criteria, timeline)),
            LastFastMs = from is null ? null : endpoints.Max(e => e.LastFastMs),
            WithinMs = criteria.Within.TotalMilliseconds,
            Endpoints = endpoints,
            Faults = faults,
        };
    }

    private static DrillEndpointReport Of(Uri endpoint, DrillTimeline timeline, TimeSpan? from)
    {
        var turns = timeline.Turns.Where(t => t.Endpoint == endpoint).ToList();
        return new DrillEndpointReport(
            endpoint.AbsoluteUri, turns.Count, turns.Count(t => t.IsFast),
            Between(from, timeline.LastFast(endpoint)?.SentAt), Between(from, timeline.FirstOff(endpoint)?.SentAt));
    }

    private static IEnumerable<string> Faults(DrillCriteria criteria, DrillTimeline timeline, IReadOnlyList<DrillEndpointReport> endpoints)
    {
        if (timeline.Decisive is null)
        {
            yield return $"Only {Number(timeline.Bad.Count)} of {Number(timeline.Turns.Count(t => t.IsFast))} fast units, {Number(timeline.Turns.Count)} in all, "
                + $"showed the fault; {Number(criteria.Decisive)} were needed. Does the deployment honour X-Vivace-Drill for this caller?";
        }

        if (timeline.RolledBack is null)
        {
            yield return "No rollback was seen.";
            yield break;
        }

        if (!IsGateOf(criteria.Fault, timeline.RolledBack.Reason))
        {
            yield return $"Gate \"{timeline.RolledBack.Reason}\" rolled back, which is not the one of this fault.";
        }

        if (timeline.FlagOff is null)
        {
            yield return $"The flags were not seen as a {ProcessingText.Wire(criteria.Rollback)} rollback leaves them.";
        }

        foreach (var fault in endpoints.SelectMany(e => Faults(e, criteria.Within.TotalMilliseconds)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Faults(DrillEndpointReport endpoint, double within)
    {
        if (endpoint.LastFastMs > within)
        {
            yield return $"{endpoint.Endpoint} still admitted a fast turn {Seconds(endpoint.LastFastMs)} after the deciding unit.";
        }

        // Null where nothing decided is told already.
        if (endpoint.OffMs is null)
        {
            yield return $"{endpoint.Endpoint} never showed the rollback for good.";
        }
        else if (endpoint.OffMs > within)
        {
            yield return $"{endpoint.Endpoint} showed the rollback {Seconds(endpoint.OffMs)} after the deciding unit.";
        }
    }

    private static bool IsGateOf(DrillFault fault, string? gate)
        => fault == DrillFault.Error ? gate is "failure" or "failure-above-half" or "cohort" : gate is "latency";

    private static TimeSpan? OffAt(DrillCriteria criteria, DrillTimeline timeline)
    {
        var off = criteria.Endpoints.Select(e => timeline.FirstOff(e)?.EndedAt).ToList();
        return off.Contains(null) ? null : off.Max();
    }

    private static double? Between(TimeSpan? from, TimeSpan? to)
        => from is { } begin && to is { } end ? Math.Max(0, Math.Round((end - begin).TotalMilliseconds, 1)) : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double? milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.##} s");
}
