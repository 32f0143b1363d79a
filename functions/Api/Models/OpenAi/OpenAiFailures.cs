using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Azure.Identity;
using Vivace.Runtime.Models;

namespace Vivace.Api.Models.OpenAi;

/// <summary>Puts the SDK's exceptions into the runtime's terms. Messages carry status codes, never content.</summary>
internal static class OpenAiFailures
{
    public static ModelException? Translate(Exception e, CancellationToken cancellation) => e switch
    {
        _ when cancellation.IsCancellationRequested => null,
        ClientResultException { Status: 0 } => new(ModelFailure.Unavailable, "The model could not be reached.", inner: e),
        ClientResultException http => ForStatus(http),
        HttpRequestException or IOException or TaskCanceledException => new(ModelFailure.Unavailable, "The connection to the model failed.", inner: e),
        AuthenticationFailedException => new(ModelFailure.Unauthorized, "No token for the model could be had.", inner: e),
        JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException
            => new(ModelFailure.Malformed, "The model's answer was not understood.", inner: e),
        AggregateException { InnerException: { } inner } => Translate(inner, cancellation),
        _ => null,
    };

    private static ModelException ForStatus(ClientResultException e)
    {
        var failure = e.Status switch
        {
            429 => ModelFailure.Throttled,
            401 or 403 => ModelFailure.Unauthorized,
            408 or >= 500 => ModelFailure.Unavailable,
            < 300 => ModelFailure.Malformed,
            _ => ModelFailure.Rejected,
        };
        return new ModelException(failure, $"The model answered with status {e.Status}.", RetryAfter(e), e);
    }

    private static TimeSpan? RetryAfter(ClientResultException e)
    {
        if (e.GetRawResponse()?.Headers is not { } headers)
        {
            return null;
        }

        return headers.TryGetValue("retry-after-ms", out var ms) && double.TryParse(ms, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, 60_000))
            : headers.TryGetValue("retry-after", out var s) && double.TryParse(s, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 60))
                : null;
    }
}
