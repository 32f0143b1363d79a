using Vivace.Cli.Hosting;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout;

/// <summary>Prints a report: the server's own document, or a line for people.</summary>
internal static class RolloutOutput
{
    public static Task WriteAsync(CommandContext context, RolloutReport report)
        => context.Console.Out.WriteLineAsync(context.Json ? JsonOf(report) : RolloutText.Of(report));

    /// <summary>The document as the server gave it.</summary>
    public static string JsonOf(RolloutReport report) => report.Document.GetRawText();
}
