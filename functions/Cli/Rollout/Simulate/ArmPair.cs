using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vivace.Cli.Hosting;

namespace Vivace.Cli.Rollout.Simulate;

/// <summary>A number of each arm, written <c>FAST,CONTROL</c>; one number is meant for both.</summary>
internal sealed record ArmPair(double Fast, double Control)
{
    public static Option<ArmPair> Option(string name, ArmPair usual, double least, double most, string description) => new(name)
    {
        HelpName = "fast,control",
        DefaultValueFactory = _ => usual,
        Description = string.Create(CultureInfo.InvariantCulture, $"{description}, {least} to {most}"),
        CustomParser = result => Read(result, name, least, most) ?? usual,
    };

    /// <summary>As it is written; help shows defaults so.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Fast},{Control}");

    private static ArmPair? Read(ArgumentResult result, string name, double least, double most)
    {
        var numbers = result.Tokens is [{ Value: var text }] ? text.Split(',').Select(n => Number.TryParse(n, least, most)).ToArray() : [];
        switch (numbers)
        {
            case [{ } both]:
                return new ArmPair(both, both);
            case [{ } fast, { } control]:
                return new ArmPair(fast, control);
            default:
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be one number, or two as FAST,CONTROL, each {least} to {most}."));
                return null;
        }
    }
}
