using System.Runtime.ExceptionServices;
using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Hosting;

namespace Vivace.Cli.Drill;

/// <summary>Spends units at every endpoint and looks at the rollout, until the drill has seen enough.</summary>
internal sealed class DrillRun(CommandContext context, DrillCriteria criteria, IReadOnlyList<CommandContext> endpoints, double rate, string run)
{
    private const int MostInFlight = 64;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan JudgeEvery = TimeSpan.FromMilliseconds(50);

    private readonly DrillLog log = new(context.Time);

    public async Task<DrillReport> RunAsync(CancellationToken cancellationToken)
    {
        var units = endpoints.Select(e => new DrillUnits(e, criteria.Fault, run, log)).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var spendEvery = TimeSpan.FromSeconds(endpoints.Count / rate);
        Task[] loops =
        [
            .. units.Select(u => RepeatAsync(spendEvery, () => u.SpendAsync(cancellationToken), stop.Token)),
            .. endpoints.Select(e => RepeatAsync(LookEvery, () => DrillWatch.LookAsync(e, log, cancellationToken), stop.Token)),
        ];
        try
        {
            await UntilEnoughAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(loops);
            await CleanUpAsync(units);
        }

        if (log.Broken is { } broken)
        {
            ExceptionDispatchInfo.Throw(broken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var (turns, looks) = log.Read();
        return DrillJudge.Judge(criteria, turns, looks);
    }

    private async Task UntilEnoughAsync(CancellationToken cancellationToken)
    {
        var progress = new DrillProgress(context.Progress, criteria);
        using var timer = new PeriodicTimer(JudgeEvery, context.Time);
        DrillTimeline timeline;
        do
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            var (turns, looks) = log.Read();
            timeline = new DrillTimeline(criteria, turns, looks);
            progress.Show(timeline);
        }
        while (log.Broken is null && !DrillEnd.IsReached(criteria, timeline, log.Now));
    }

    /// <summary>Begins something again and again, and ends when what was begun has ended.</summary>
    private async Task RepeatAsync(TimeSpan every, Func<Task> act, CancellationToken stop)
    {
        var begun = new List<Task>();
        using var timer = new PeriodicTimer(every, context.Time);
        try
        {
            do
            {
                begun.RemoveAll(t => t.IsCompleted);
                if (begun.Count < MostInFlight)
                {
                    begun.Add(GuardAsync(act));
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The drill has seen enough, or was interrupted.
        }

        await Task.WhenAll(begun);
    }

    /// <summary>The edge of the loops: what one cannot bear ends the drill.</summary>
    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e)
        {
            log.Break(e);
        }
    }

    private async Task CleanUpAsync(IReadOnlyList<DrillUnits> units)
    {
        context.Progress.Show("Deleting the conversations");
        var left = (await Task.WhenAll(units.Select(u => u.CleanUpAsync()))).Sum();
        context.Progress.Clear();
        if (left > 0)
        {
            context.Progress.Say($"{left} conversations could not be deleted.");
        }
    }
}
