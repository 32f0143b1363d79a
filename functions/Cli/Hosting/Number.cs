using System.CommandLine.Parsing;
using System.Globalization;

namespace Vivace.Cli.Hosting;

/// <summary>Reads a number within bounds; anything else is one error that names them.</summary>
internal static class Number
{
    public static Func<ArgumentResult, double> Between(string name, double least, double most) => result =>
    {
        if (result.Tokens is [{ Value: var text }] && TryParse(text, least, most) is { } number)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be {least} to {most}."));
        return least;
    };

    /// <summary>Null when it is no number, or out of bounds.</summary>
    public static double? TryParse(string text, double least, double most)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
