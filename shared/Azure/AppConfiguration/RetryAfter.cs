using System.Globalization;
using Azure;

namespace Vivace.Azure.AppConfiguration;

/// <summary>How long an answer asks to wait.</summary>
public static class RetryAfter
{
    /// <summary>From <c>retry-after-ms</c>, or <c>Retry-After</c> in seconds; null when it asks for nothing.</summary>
    public static TimeSpan? Read(Response response)
    {
        if (response.Headers.TryGetValue("retry-after-ms", out var text) && TryParse(text, out var milliseconds))
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return response.Headers.TryGetValue("Retry-After", out text) && TryParse(text, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static bool TryParse(string? text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
