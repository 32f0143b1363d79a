using System.Globalization;
using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Output;

namespace Vivace.Cli.Drill;

/// <summary>Says once each what has happened, and shows how far the drill is.</summary>
internal sealed class DrillProgress(Progress progress, DrillCriteria criteria)
{
    private readonly HashSet<string> said = [];

    public void Show(DrillTimeline timeline)
    {
        if (timeline.Decisive is { } decisive)
        {
            Once("decisive", $"{Seconds(decisive.EndedAt)}: the deciding unit was bad, after {timeline.Turns.Count(t => t.EndedAt <= decisive.EndedAt)} units");
        }

        if (timeline.RolledBack is { } back)
        {
            Once("back", $"{Seconds(back.At)}: rolled back by gate {back.Reason}");
        }

        if (timeline.FlagOff is { } flag)
        {
            Once("flag", $"{Seconds(flag.At)}: the flags are switched");
        }

        foreach (var endpoint in timeline.RolledBack is null ? [] : criteria.Endpoints)
        {
            if (timeline.FirstOff(endpoint) is { } off)
            {
                Once(endpoint.AbsoluteUri, $"{Seconds(off.EndedAt)}: {endpoint} serves default");
            }
        }

        progress.Show($"{timeline.Turns.Count} units, {timeline.Bad.Count} of {criteria.Decisive} bad");
    }

    private void Once(string what, string line)
    {
        if (said.Add(what))
        {
            progress.Say(line);
        }
    }

    private static string Seconds(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,6:0.00} s");
}
