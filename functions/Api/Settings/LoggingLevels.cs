namespace Vivace.Api.Settings;

/// <summary>Section <c>Logging</c>, which ASP.NET reads; its own refusal of a level does not name the key.</summary>
internal static class LoggingLevels
{
    private const string Levels = "LogLevel";

    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        return logging.GetChildren()
            .Select(provider => provider.GetSection(Levels))
            .Prepend(logging.GetSection(Levels))
            .SelectMany(levels => levels.GetChildren())
            .Where(level => !string.IsNullOrEmpty(level.Value) && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
            .Select(level => $"{level.Path} must be {string.Join(", ", Enum.GetNames<LogLevel>())}; it is \"{level.Value}\".");
    }
}
