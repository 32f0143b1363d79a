using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Cli.Rollout.History;
using Vivace.Rollouts.Auditing;

namespace Vivace.Cli.Rollout.Replay;

/// <summary><c>vivace rollout replay [--file FILE [--head SEQUENCE:HASH]]</c></summary>
internal static class ReplayCommand
{
    private const string Details = """
        Makes every decision of the audit log again from what it was made from, by the same rules as the server, and checks that
        no entry was changed, left out, added or moved. The first difference ends it: exit code 1, and which entry it is.

        From the endpoint, or with --file from the lines of vivace rollout history --lines --all. A file that was cut off at its
        end shows only against --head, the last head that is known from elsewhere (the server logs it with every decision).

        With --json: {"entries", "head": {sequence, hash}, "fault": {sequence, kind, detail}}; without fault all is well.
        """;

    public static Command Create(CommandRunner runner)
    {
        var file = new Option<FileInfo?>("--file") { HelpName = "file", Description = "Lines of an audit log, from its first" };
        var head = new Option<AuditHead?>("--head") { HelpName = "sequence:hash", Description = "The last entry that the file must have", CustomParser = ReadHead };
        var command = new DocumentedCommand("replay", "Make every decision of the audit log again", Details) { file, head };
        command.Validators.Add(result =>
        {
            if (result.GetResult(head) is not null && result.GetResult(file) is null)
            {
                result.AddError("--head is for a --file; the endpoint gives its own.");
            }
        });
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var report = parsed.GetValue(file) is { } path
                ? AuditReplay.Replay(Lines(await File.ReadAllTextAsync(path.FullName, cancellationToken)), parsed.GetValue(head))
                : await FromEndpointAsync(context, cancellationToken);
            await context.Console.Out.WriteLineAsync(context.Json ? CliJson.Line(report, RolloutsJson.Default.ReplayReport) : Text(report));
            return report.Fault is null ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<ReplayReport> FromEndpointAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var log = await AuditPages.AllAsync(context.Client.Rollouts, 0, n => context.Progress.Show($"{n} entries"), cancellationToken);
        context.Progress.Clear();
        return AuditReplay.Replay(log.Lines, new AuditHead(log.Head.Sequence, log.Head.Hash));
    }

    private static string Text(ReplayReport report) => report.Fault is { } fault
        ? $"Entry {fault.Sequence}: {ProcessingText.Wire(fault.Kind)}. {RolloutText.Plain(fault.Detail)}"
        : $"{report.Entries} entries, every decision made again alike; head {report.Head.Sequence}:{report.Head.Hash}";

    /// <summary>As text files have them: the last line may or may not end.</summary>
    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n', '\r').Split('\n').Select(l => l.TrimEnd('\r')).ToArray();

    private static AuditHead? ReadHead(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: var text }] && text.Split(':') is [var sequence, { Length: 64 } hash]
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new AuditHead(number, hash);
        }

        result.AddError("--head must be an entry's number and its hash, such as 12:ab….");
        return null;
    }
}
