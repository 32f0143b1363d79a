using System.CommandLine;

namespace Vivace.Cli.Output;

/// <summary><c>--limit</c> of commands that print a page.</summary>
internal static class PageLimit
{
    /// <summary>The most that the server gives at once.</summary>
    public const int Max = 200;

    public static Option<int?> Option(string description)
    {
        var option = new Option<int?>("--limit") { HelpName = "n", Description = $"{description}; at most {Max}" };
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.GetValueOrDefault<int?>() is null or (>= 1 and <= Max))
            {
                return;
            }

            result.AddError($"--limit must be 1 to {Max}.");
        });
        return option;
    }
}
