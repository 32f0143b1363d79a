using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vivace.Cli.Hosting;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Simulating;

namespace Vivace.Cli.Rollout.Simulate;

/// <summary>The options of a simulation.</summary>
internal sealed class SimulateOptions
{
    private const int MostRuns = 1_000_000;
    private const int MostOwners = 1_000_000;

    private readonly Option<ArmPair> errors = ArmPair.Option("--error-rates", new(0.01, 0.01), 0, 1, "Share of turns that fail");
    private readonly Option<ArmPair> unsafes = ArmPair.Option("--unsafe-rates", new(0.001, 0.001), 0, 1, "Share of replies that are unsafe");
    private readonly Option<ArmPair> quality = ArmPair.Option("--low-quality-rates", new(0.05, 0.05), 0, 1, "Share of replies of low quality");
    private readonly Option<ArmPair> latencies = ArmPair.Option("--latencies", new(0.4, 2), 0.001, 600, "Median seconds to the first chunk");
    private readonly Option<double> traffic = Real("--traffic", 5, 0.0001, 10_000, "Turns a second that ask for fast, of all owners together");
    private readonly Option<int> owners = Whole("--owners", 5000, 0, MostOwners, "Units of assignment, the i-th as active as 1/i; 0: every turn is of another");
    private readonly Option<int> runs = Whole("--runs", 100, 1, MostRuns, "Rollouts to play");
    private readonly Option<int> days = Whole("--days", 30, 1, 3650, "When a rollout is given up that neither ends nor completes");
    private readonly Option<ulong> seed = new("--seed") { HelpName = "n", DefaultValueFactory = _ => 1, Description = "The same seed plays the same rollouts", CustomParser = Seed };

    public Option<FileInfo?> Plan { get; } = new("--plan") { HelpName = "file", Description = "The plan, as JSON; default: vivace rollout plan show" };

    public Option<bool> OnlyAlike { get; } = new("--aa") { Description = "Play only rollouts whose arms fail alike, at the control arm's rates" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Plan, errors, unsafes, quality, latencies, traffic, owners, runs, seed, days, OnlyAlike])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is to be played, with the arms as given.</summary>
    public SimulationOptions Of(ParseResult parsed, RolloutPlan plan)
    {
        ArmBehaviour Arm(Func<ArmPair, double> of) => new()
        {
            Failure = of(parsed.GetValue(errors)!),
            Unsafe = of(parsed.GetValue(unsafes)!),
            LowQuality = of(parsed.GetValue(quality)!),
            FirstChunkMedian = of(parsed.GetValue(latencies)!),
        };
        var units = parsed.GetValue(owners);
        return new SimulationOptions
        {
            Plan = plan,
            Runs = parsed.GetValue(runs),
            Seed = parsed.GetValue(seed),
            TurnsPerSecond = parsed.GetValue(traffic),
            Population = units == 0 ? Population.Independent : new Population(units),
            Fast = Arm(pair => pair.Fast),
            Control = Arm(pair => pair.Control),
            MaximumTime = TimeSpan.FromDays(parsed.GetValue(days)),
        };
    }

    private static Option<int> Whole(string name, int usual, int least, int most, string description) => new(name)
    {
        HelpName = "n",
        DefaultValueFactory = _ => usual,
        Description = $"{description}, {least} to {most}",
        CustomParser = WholeNumber.Between(name, least, most),
    };

    private static Option<double> Real(string name, double usual, double least, double most, string description) => new(name)
    {
        HelpName = "n",
        DefaultValueFactory = _ => usual,
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}, {least} to {most}"),
        CustomParser = Number.Between(name, least, most),
    };

    private static ulong Seed(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: var text }] && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        result.AddError("--seed must be a whole number from 0.");
        return 0;
    }
}
