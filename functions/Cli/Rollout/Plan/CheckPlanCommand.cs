using System.CommandLine;
using System.Globalization;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Rollout.Plan;

/// <summary><c>vivace rollout plan check FILE</c></summary>
internal static class CheckPlanCommand
{
    private const string Details = """
        Prints every fault, one a line, with exit code 1; of a plan without fault, what it comes to.

        With --json: {"ok", "faults": [text]}.
        """;

    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<FileInfo>("file") { Description = "The plan, as JSON" };
        var command = new DocumentedCommand("check", "Print every fault of a plan", Details) { file };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var plan = RolloutPlanJson.Read(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, cancellationToken), out var faults);
            await context.Console.Out.WriteLineAsync(
                context.Json ? CliJson.Line(new PlanCheck(plan is not null, faults), CliJson.Context.PlanCheck)
                : plan is null ? string.Join(Environment.NewLine, faults.Select(RolloutText.Plain))
                : Text(plan));
            return plan is null ? ExitCodes.Failed : ExitCodes.Ok;
        });
        return command;
    }

    private static string Text(RolloutPlan plan)
    {
        var least = plan.Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.MinimumTime);
        var threshold = 1 / AlphaShares.Of(plan).Guard;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"OK: {plan.Id}, {plan.Steps.Length} steps to {plan.Steps[^1].Percent} %, at least {RolloutText.Duration(least)}; a guard rolls back at E ≥ {threshold:0.#}.");
    }
}
