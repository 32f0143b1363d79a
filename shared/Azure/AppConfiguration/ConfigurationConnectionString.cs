namespace Vivace.Azure.AppConfiguration;

/// <summary>The parts of <c>Endpoint=...;Id=...;Secret=...</c>.</summary>
/// <param name="Endpoint">The store's address.</param>
/// <param name="Id">The name of the access key.</param>
/// <param name="Secret">The access key.</param>
public sealed record ConfigurationConnectionString(Uri Endpoint, string Id, byte[] Secret)
{
    /// <summary>Reads one; the order of the parts is free.</summary>
    /// <exception cref="FormatException">A part is missing or malformed; the message holds no part of the secret.</exception>
    public static ConfigurationConnectionString Parse(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var split = part.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0 || !parts.TryAdd(part[..split], part[(split + 1)..]))
            {
                throw new FormatException("The connection string is not of the form Endpoint=...;Id=...;Secret=....");
            }
        }

        return Uri.TryCreate(parts.GetValueOrDefault("Endpoint"), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? new ConfigurationConnectionString(endpoint, Part(parts, "Id"), Decode(Part(parts, "Secret")))
            : throw new FormatException("The connection string has no Endpoint that is an http or https address.");
    }

    /// <summary>The endpoint and the id, never the secret.</summary>
    public override string ToString() => $"Endpoint={Endpoint};Id={Id}";

    private static string Part(Dictionary<string, string> parts, string name)
        => parts.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new FormatException($"The connection string has no {name}.");

    private static byte[] Decode(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret, bytes, out var length) && length > 0
            ? bytes[..length]
            : throw new FormatException("The connection string's Secret is not base64.");
    }
}
