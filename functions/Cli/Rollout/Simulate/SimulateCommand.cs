using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Simulating;

namespace Vivace.Cli.Rollout.Simulate;

/// <summary><c>vivace rollout simulate</c></summary>
internal static class SimulateCommand
{
    private const string Details = """
        Plays the plan many times against traffic of known behaviour, through the judgement that the server uses. Pairs are
        FAST,CONTROL; one number is meant for both arms. Where the arms differ it also plays rollouts whose arms fail alike (A/A),
        for the chance of a false rollback; --aa plays those alone. Arms that fail alike still differ in speed, since a plan is
        never promoted without evidence of it. Needs no server.

        "held at" counts the rollouts that neither ended nor completed, by the percent where they stood: there the plan asks for
        more units, or more evidence of speed, than this traffic gives.

        Examples:
          vivace rollout simulate --error-rates 0.05,0.01           # how soon would the default plan notice?
          vivace rollout simulate --plan plan.json --aa --runs 1000 # how often would it roll back without cause?
          vivace rollout simulate --latencies 2,2                   # fast that is not faster

        With --json: {"plan", "alpha", "arms": [{areAlike, fast, control, report: {runs, seed, rolledBack: {gate: n}, completed,
        unfinished, secondsToRollBack, unitsPerArmAtRollBack, secondsToComplete}, secondsToAll, heldAt: {percent: n}}]}; times as {p10, median, p90,
        maximum}, absent where there was none.
        """;

    public static Command Create(CommandRunner runner)
    {
        var options = new SimulateOptions();
        var command = new DocumentedCommand("simulate", "Play a plan many times before it runs", Details);
        options.AddTo(command);
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var (plan, faults) = await ReadAsync(parsed.GetValue(options.Plan), cancellationToken);
            if (plan is null)
            {
                return await new FailureWriter(context.Console, context.Json).WriteAsync(
                    ExitCodes.Failed, "plan", string.Join(Environment.NewLine, faults.Select(RolloutText.Plain)));
            }

            var arms = await PlayAsync(context, options.Of(parsed, plan), parsed.GetValue(options.OnlyAlike), cancellationToken);
            await PrintAsync(context, new SimulateOutput(plan.Id, plan.Alpha, arms));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<SimulatedArms>> PlayAsync(
        CommandContext context, SimulationOptions given, bool onlyAlike, CancellationToken cancellationToken)
    {
        var (simulation, alike) = (new Simulation(context.Progress), Simulation.Alike(given));
        try
        {
            return onlyAlike || alike == given
                ? [await simulation.PlayAsync(alike, cancellationToken)]
                : [await simulation.PlayAsync(given, cancellationToken), await simulation.PlayAsync(alike, cancellationToken)];
        }
        finally
        {
            context.Progress.Clear();
        }
    }

    /// <summary>A plan without its internal cohort, whose turns are not compared; or its faults.</summary>
    private static async Task<(RolloutPlan? Plan, IReadOnlyList<string> Faults)> ReadAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return (RolloutPlan.Default, []);
        }

        var plan = RolloutPlanJson.Read(await File.ReadAllBytesAsync(file.FullName, cancellationToken), out var faults);
        if (plan?.Cohort is null)
        {
            return (plan, faults);
        }

        var compared = plan with { Cohort = null, Steps = [.. plan.Steps.Where(s => s.Percent > 0)] };
        return compared.Steps.Length > 0 ? (compared, []) : (null, ["The plan has no step but the internal cohort's; there is nothing to play."]);
    }

    private static async Task PrintAsync(CommandContext context, SimulateOutput output)
    {
        var lines = context.Json ? [CliJson.Line(output, CliJson.Context.SimulateOutput)] : SimulationText.Lines(output);
        foreach (var line in lines)
        {
            await context.Console.Out.WriteLineAsync(line);
        }
    }
}
