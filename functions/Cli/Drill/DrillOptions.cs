using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vivace.Cli.Hosting;
using Vivace.Rollouts.Plans;

namespace Vivace.Cli.Drill;

/// <summary>The options of a drill.</summary>
internal sealed class DrillOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Option<bool> soft = new("--soft") { Description = "Expect a soft rollback: requests for fast are accepted and served default" };
    private readonly Option<bool> hard = new("--hard") { Description = "Expect a hard rollback: processing is not honoured at all; default: as the plan says" };
    private readonly Option<string> fault = new("--fault") { DefaultValueFactory = _ => "error", Description = "What is done to fast turns" };
    private readonly Option<Uri[]?> endpoints = new("--endpoints") { HelpName = "url,url,…", Description = "Every endpoint that has to show the rollback; default --endpoint", CustomParser = Endpoints };
    private readonly Option<TimeSpan> within = Duration("--within", TimeSpan.FromSeconds(15), "How long after the deciding unit fast turns may still be admitted");
    private readonly Option<TimeSpan> settle = Duration("--settle", TimeSpan.FromSeconds(2), "How long fast must have been off everywhere to be believed");
    private readonly Option<double> rate = new("--rate") { HelpName = "n", DefaultValueFactory = _ => 20, Description = "Units a second, 0.1 to 1000", CustomParser = Number.Between("--rate", 0.1, 1000) };
    private readonly Option<int> units = new("--units") { HelpName = "n", DefaultValueFactory = _ => 2000, Description = "The most units to spend until the rollback, 1 to 100000", CustomParser = WholeNumber.Between("--units", 1, 100_000) };

    public DrillOptions() => fault.AcceptOnlyFromAmong("error", "latency");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[soft, hard, fault, endpoints, within, settle, rate, units])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(soft) && result.GetValue(hard))
            {
                result.AddError("A drill is --soft or --hard.");
            }
        });
    }

    public DrillFault Fault(ParseResult parsed) => parsed.GetValue(fault) == "latency" ? DrillFault.Latency : DrillFault.Error;

    /// <summary>Null: as the plan says.</summary>
    public RollbackKind? Rollback(ParseResult parsed) => parsed.GetValue(soft) ? RollbackKind.Soft : parsed.GetValue(hard) ? RollbackKind.Hard : null;

    /// <summary>Null: the one of every command.</summary>
    public Uri[]? EndpointsOf(ParseResult parsed) => parsed.GetValue(endpoints) is { Length: > 0 } all ? all : null;

    public TimeSpan Within(ParseResult parsed) => parsed.GetValue(within);

    public TimeSpan Settle(ParseResult parsed) => parsed.GetValue(settle);

    public double Rate(ParseResult parsed) => parsed.GetValue(rate);

    public int MostUnits(ParseResult parsed) => parsed.GetValue(units);

    private static Uri[]? Endpoints(ArgumentResult result)
    {
        var all = result.Tokens.SelectMany(t => t.Value.Split(',')).Select(ConnectionOptions.TryEndpoint).ToArray();
        if (all.Length > 0 && all.All(e => e is not null) && all.Distinct().Count() == all.Length)
        {
            return all!;
        }

        result.AddError("--endpoints must be http or https addresses, all different, with commas between them.");
        return null;
    }

    private static Option<TimeSpan> Duration(string name, TimeSpan usual, string description) => new(name)
    {
        HelpName = "time",
        DefaultValueFactory = _ => usual,
        Description = $"{description}, such as 500ms, 15s or 2m",
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && TryDuration(text) is { } time && time <= Longest)
            {
                return time;
            }

            result.AddError($"{name} must be a time such as 500ms, 15s or 2m, at most 60m.");
            return usual;
        },
    };

    private static TimeSpan? TryDuration(string text)
    {
        var digits = text.TrimEnd('m', 's');
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e7
            ? text[digits.Length..] switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" or "" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                _ => null,
            }
            : null;
    }
}
