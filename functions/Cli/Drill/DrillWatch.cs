using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Hosting;
using Vivace.Client.Problems;

namespace Vivace.Cli.Drill;

/// <summary>Looks at the rollout through one endpoint.</summary>
internal static class DrillWatch
{
    /// <summary>Logs what the endpoint says; where it is away for a moment, nothing.</summary>
    public static async Task LookAsync(CommandContext endpoint, DrillLog log, CancellationToken cancellationToken)
    {
        try
        {
            var report = await endpoint.Client.Rollouts.GetAsync(cancellationToken);
            var status = report.Status;
            log.Add(new DrillLook(
                endpoint.Endpoint, log.Now, status is { IsRolledBack: true }, status?.Reason, report.Flag?.ContractEnabled, report.Flag?.RuntimeEnabled));
        }
        catch (Exception e) when (e is VivaceProblemException { Status: 429 or >= 500 } or VivaceUnreachableException { NeverSent: false })
        {
            endpoint.Progress.Say($"{endpoint.Endpoint}: {e.Message}");
        }
    }
}
