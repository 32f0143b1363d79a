using System.CommandLine.Parsing;
using System.Globalization;

namespace Vivace.Cli.Hosting;

/// <summary>Reads a whole number within bounds; anything else is one error that names them.</summary>
internal static class WholeNumber
{
    public static Func<ArgumentResult, int> Between(string name, int least, int most) => result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be {least} to {most}."));
        return least;
    };
}
