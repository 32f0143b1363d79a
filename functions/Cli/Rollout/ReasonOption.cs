using System.CommandLine;

namespace Vivace.Cli.Rollout;

/// <summary><c>--reason</c> of what a person does to a rollout.</summary>
internal static class ReasonOption
{
    public static Option<string?> Create() => new("--reason") { HelpName = "text", Description = "Why, for those who read the history later" };
}
