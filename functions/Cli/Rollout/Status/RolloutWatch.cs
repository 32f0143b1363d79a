using Vivace.Cli.Hosting;
using Vivace.Client.Problems;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.Status;

/// <summary>Looks at a rollout until it ends.</summary>
internal sealed class RolloutWatch(CommandContext context, TimeSpan interval)
{
    /// <summary>How long a deployment may be away, as while it is updated, before the watch gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const string HomeAndClear = "\u001b[H\u001b[J";

    private string? shown;
    private long? heardAt;

    /// <returns>0 when it completed, or nothing runs; 1 when it was rolled back or aborted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await LookAsync(cancellationToken) is { } report)
            {
                await ShowAsync(report);
                if (report.Status is null or { State: "not-started" } or { IsOver: true })
                {
                    return report.Status is { State: "rolled-back" or "aborted" } ? ExitCodes.Failed : ExitCodes.Ok;
                }
            }

            await Task.Delay(interval, context.Time, cancellationToken);
        }
    }

    /// <summary>Null where the server was away; away from the start, or for too long, it is an error.</summary>
    private async Task<RolloutReport?> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var report = await context.Client.Rollouts.GetAsync(cancellationToken);
            heardAt = context.Time.GetTimestamp();
            return report;
        }
        catch (Exception e) when (e is VivaceUnreachableException or VivaceProblemException { Status: >= 500 }
            && heardAt is { } heard && context.Time.GetElapsedTime(heard) < Patience)
        {
            context.Progress.Say($"{e.Message} Looking again.");
            return null;
        }
    }

    private async Task ShowAsync(RolloutReport report)
    {
        var now = context.Time.GetUtcNow();
        var redraws = !context.Json && context.Console.OutIsTerminal;
        var text = context.Json ? RolloutOutput.JsonOf(report)
            : redraws ? string.Join(Environment.NewLine, StatusPage.Lines(report, now))
            : StatusLine.Of(report);
        if (text == shown)
        {
            return;
        }

        shown = text;
        await context.Console.Out.WriteLineAsync(redraws ? HomeAndClear + text : context.Json ? text : $"{RolloutText.Time(now)} {text}");
        await context.Console.Out.FlushAsync(CancellationToken.None);
    }
}
