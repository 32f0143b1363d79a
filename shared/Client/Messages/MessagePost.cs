using Vivace.Client.Transport;

namespace Vivace.Client.Messages;

/// <summary>A message to be posted, as often as it takes.</summary>
internal sealed record MessagePost(string Path, ReadOnlyMemory<byte> Body, string? IdempotencyKey)
{
    /// <exception cref="ArgumentException">The key cannot stand in a header.</exception>
    public HttpRequestMessage ToRequest()
    {
        var request = Requests.Post(Path, Requests.Json(Body));
        if (IdempotencyKey is not null && (IdempotencyKey.Length == 0 || IdempotencyKey.Any(c => c is <= ' ' or > '~')))
        {
            throw new ArgumentException("An idempotency key must be visible ASCII.");
        }

        if (IdempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        }

        return request;
    }
}
