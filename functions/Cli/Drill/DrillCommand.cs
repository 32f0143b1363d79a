using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Client;

namespace Vivace.Cli.Drill;

/// <summary><c>vivace drill</c></summary>
internal static class DrillCommand
{
    private const string Details = """
        ENDS THE ROLLOUT THAT RUNS: drill a deployment whose rollout may end. Every unit (a user of its own where there is a key,
        and a conversation of its own) sends one turn that asks for fast and is marked with X-Vivace-Drill; the deployment lets the
        marked turns that it serves fast fail, or be later than promised, and counts them as any other. The drill goes on until
        every endpoint has answered for a while that fast is off, and fails unless that came in time.

        With keys it needs one with the roles operator and service. The clock runs from the end of the unit that decides (the ninth
        failed one by the default plan, fewer late ones) to the last fast turn that was sent anywhere; units that went bad
        before the drill count too. Times are those of this machine, with a look at the rollout every 0.2 s. The conversations are
        deleted afterwards.

        Examples:
          vivace drill --endpoint https://staging.example.com
          vivace drill --fault latency --hard --endpoints https://a.example.com,https://b.example.com --within 60s

        With --json: {ok, fault, rollback, units, fast, bad, notMeasured, decisive, unitsUntilDecisive, gate, detectMs, writeMs,
        propagateMs, lastFastMs, withinMs, endpoints: [{endpoint, units, fast, lastFastMs, offMs}], faults: [text]}. Exit code 0
        when the rollback came in time, else 1.
        """;

    public static Command Create(CommandRunner runner)
    {
        var options = new DrillOptions();
        var command = new DocumentedCommand("drill", "Inject a fault and fail unless the rollback comes in time", Details);
        options.AddTo(command);
        runner.Bind(command, (context, parsed, cancellationToken) => RunAsync(context, options, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, DrillOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        var endpoints = (options.EndpointsOf(parsed) ?? [context.Endpoint]).Select(context.At).ToArray();
        try
        {
            var report = await endpoints[0].Client.Rollouts.GetAsync(cancellationToken);
            var (plan, refusal) = DrillPlan.Read(report, options.Fault(parsed), options.Rollback(parsed));
            if (plan is null)
            {
                return await new FailureWriter(context.Console, context.Json).WriteAsync(ExitCodes.Failed, "nothing-to-drill", refusal!);
            }

            var criteria = DrillPlan.Criteria(plan, options.Fault(parsed), options.Within(parsed), [.. endpoints.Select(e => e.Endpoint)]) with
            {
                Settle = options.Settle(parsed),
                MostUnits = options.MostUnits(parsed),
            };
            var run = new VivaceClientOptions().NewKey()[..8];
            var result = await new DrillRun(context, criteria, endpoints, options.Rate(parsed), run).RunAsync(cancellationToken);
            foreach (var line in context.Json ? [CliJson.Line(result, CliJson.Context.DrillReport)] : DrillReports.Lines(result))
            {
                await context.Console.Out.WriteLineAsync(line);
            }

            return result.Ok ? ExitCodes.Ok : ExitCodes.Failed;
        }
        finally
        {
            foreach (var endpoint in endpoints)
            {
                endpoint.Dispose();
            }
        }
    }
}
