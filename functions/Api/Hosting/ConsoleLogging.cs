using Microsoft.Extensions.Logging.Console;

namespace Vivace.Api.Hosting;

internal static class ConsoleLogging
{
    /// <summary>One line an entry; ASP.NET's own entry per request is left out, the turn's line says more.</summary>
    public static ILoggingBuilder AddVivaceConsole(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.UseUtcTimestamp = true;
            options.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // A failed start is told once, by the program.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return logging;
    }
}
