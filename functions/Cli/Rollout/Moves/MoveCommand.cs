using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.Moves;

/// <summary><c>vivace rollout promote|pause|resume|abort [--reason TEXT]</c></summary>
internal static class MoveCommand
{
    private const string Json = """


        With --json: the document of vivace rollout status. Refused by the rollout's state: exit code 1, and why.
        """;

    private const string Promote = """
        Moves on to the next step without waiting for its minimum time, its units or evidence of speed. Refused while a gate fails
        or could not be measured.
        """;

    private const string Pause = """
        The rollout stays at its present percent; the guards go on and may still roll it back.
        """;

    private const string Resume = """
        Goes on at the present step, with the flags as the step has them and by the plan as it now stands: what a person edited
        meanwhile in either ends here.
        """;

    private const string Abort = """
        Ends the rollout for good and switches fast mode off, as far as the plan's rollback goes: soft leaves requests for fast
        accepted and served default, hard does not honour processing at all. A new rollout needs a new id, after the cool-down.
        """;

    public static IEnumerable<Command> CreateAll(CommandRunner runner) =>
    [
        Create(runner, "promote", "Move on to the next step now", Promote, (rollouts, reason, token) => rollouts.PromoteAsync(reason, token)),
        Create(runner, "pause", "Stay at the present percent", Pause, (rollouts, reason, token) => rollouts.PauseAsync(reason, token)),
        Create(runner, "resume", "Go on at the present step", Resume, (rollouts, reason, token) => rollouts.ResumeAsync(reason, token)),
        Create(runner, "abort", "End the rollout and switch fast mode off", Abort, (rollouts, reason, token) => rollouts.AbortAsync(reason, token)),
    ];

    private static DocumentedCommand Create(
        CommandRunner runner, string name, string summary, string details, Func<RolloutsClient, string?, CancellationToken, Task<RolloutReport>> move)
    {
        var reason = ReasonOption.Create();
        var command = new DocumentedCommand(name, summary, details + Json) { reason };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            await RolloutOutput.WriteAsync(context, await move(context.Client.Rollouts, parsed.GetValue(reason), cancellationToken));
            return ExitCodes.Ok;
        });
        return command;
    }
}
