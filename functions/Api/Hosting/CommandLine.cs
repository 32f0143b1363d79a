namespace Vivace.Api.Hosting;

/// <summary>
/// Refuses arguments that nothing reads, which the configuration would pass over in silence. Only arguments: the environment
/// and appsettings.json may hold what belongs to others.
/// </summary>
internal static class CommandLine
{
    public static bool AsksForHelp(string[] args) => args is ["help", ..] || args.Any(a => a is "--help" or "-h" or "-?");

    public static bool AsksForVersion(string[] args) => args is ["--version" or "version", ..];

    /// <exception cref="StartupException">Some are not known, or have no value.</exception>
    public static void Check(string[] args)
    {
        var faults = Faults(args).ToList();
        if (faults.Count > 0)
        {
            throw new StartupException("The arguments cannot be used; --help lists the settings:", faults);
        }
    }

    /// <summary>Takes the arguments apart as Microsoft.Extensions.Configuration.CommandLine does.</summary>
    private static IEnumerable<string> Faults(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var (argument, equals) = (args[i], args[i].IndexOf('='));
            var name = equals < 0 ? argument : argument[..equals];
            var start = name.StartsWith("--", StringComparison.Ordinal) ? 2 : name.StartsWith('/') ? 1 : 0;
            if (argument.Length == 0)
            {
                continue;
            }

            if ((equals < 0 && start == 0) || (start == 0 && name.StartsWith('-')))
            {
                yield return $"{name} is no setting; they have the form --Section:Key value.";
                continue;
            }

            if (!KnownSettings.Contains(name[start..]))
            {
                yield return $"{name} is not known{(KnownSettings.Nearest(name[start..]) is { } known ? $"; did you mean --{known}?" : ".")}";
            }

            if (equals < 0 && ++i == args.Length)
            {
                yield return $"{name} has no value.";
            }
        }
    }
}
