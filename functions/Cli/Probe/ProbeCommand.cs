using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;

namespace Vivace.Cli.Probe;

/// <summary><c>vivace probe</c></summary>
internal static class ProbeCommand
{
    private const string Header = "X-Vivace-Probe";

    private const string Details = """
        Five conversations a round, side by side: default and fast interleaved, streamed and as one call, in groups, against
        the conversation's default, with contradictory and unknown profiles and with a mode that is none. Checked is that each
        was processed as it asked, or the reply says rightly why not; models, profile hash, arm and rooms; that no mode leaks
        into the next message; that a stream has one end; and that stream, history and turn record have the same text. The
        conversations are deleted afterwards. Probe messages are marked, by header and by reason, so as not to be counted.

        A rollout starts only when a probe of the last 15 minutes was recorded and found nothing; with keys --record needs one with
        the role operator. What could not be measured is recorded as a mismatch.

        Exit code 0 when everything was measured and held, else 1.
        """;

    public static Command Create(CommandRunner runner)
    {
        var rounds = Number("--rounds", 1, 100, "How often to send the five conversations");
        var atOnce = Number("--at-once", 4, 64, "Conversations at the same time");
        var file = new Option<FileInfo?>("--report") { HelpName = "file", Description = "Also write the JSON report to a file" };
        var record = new Option<bool>("--record") { Description = "Also report what was found to the deployment's rollout, which starts only after a probe" };
        var command = new DocumentedCommand("probe", "Send mixed messages to a deployment and check what comes back", Details) { rounds, atOnce, file, record };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var startedAt = context.Time.GetUtcNow();
            var started = context.Time.GetTimestamp();
            var probe = new ProbeRunner(context, context.With(Header, "1"), parsed.GetValue(atOnce));
            var run = await probe.RunAsync(parsed.GetValue(rounds), cancellationToken);
            var report = ProbeReports.Of(run, context.Endpoint, startedAt, context.Time.GetElapsedTime(started));
            context.Progress.Clear();
            await PrintAsync(context, report, parsed.GetValue(file), cancellationToken);
            if (parsed.GetValue(record))
            {
                await context.Client.Rollouts.ReportProbeAsync(ProbeReports.InShort(report), cancellationToken);
                context.Progress.Say("Recorded.");
            }

            return report.Ok ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task PrintAsync(CommandContext context, ProbeReport report, FileInfo? file, CancellationToken cancellationToken)
    {
        var json = CliJson.Line(report, CliJson.Context.ProbeReport);
        await (context.Json ? context.Console.Out.WriteLineAsync(json) : ProbeReports.PrintAsync(report, context.Console.Out));
        if (file is not null)
        {
            await File.WriteAllTextAsync(file.FullName, json, cancellationToken);
        }
    }

    private static Option<int> Number(string name, int usual, int most, string description) => new(name)
    {
        HelpName = "n",
        DefaultValueFactory = _ => usual,
        Description = $"{description}, 1 to {most}",
        CustomParser = WholeNumber.Between(name, 1, most),
    };
}
