namespace Vivace.ServiceBus.Connections;

/// <summary>Where a namespace is and what opens it.</summary>
internal sealed record ConnectionTarget(string Host, int Port, bool UseTls, ITokenSource Tokens)
{
    private const int TlsPort = 5671;
    private const int PlainPort = 5672;

    /// <summary>A namespace by its fully qualified name.</summary>
    public static ConnectionTarget OfNamespace(string name, ITokenSource tokens) => new(name, TlsPort, true, tokens);

    /// <summary><c>Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…</c>; with <c>UseDevelopmentEmulator=true</c> without TLS.</summary>
    /// <exception cref="FormatException">A part is missing or unusable.</exception>
    public static ConnectionTarget Parse(string connectionString, TimeProvider time)
    {
        var parts = connectionString
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part.Length == 2 ? part[1] : "", StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(parts.GetValueOrDefault("Endpoint"), UriKind.Absolute, out var endpoint))
        {
            throw new FormatException("The Service Bus connection string has no usable Endpoint.");
        }

        if (parts.GetValueOrDefault("SharedAccessKeyName") is not { Length: > 0 } name || parts.GetValueOrDefault("SharedAccessKey") is not { Length: > 0 } key)
        {
            throw new FormatException("The Service Bus connection string needs SharedAccessKeyName and SharedAccessKey.");
        }

        var isEmulator = bool.TryParse(parts.GetValueOrDefault("UseDevelopmentEmulator"), out var emulator) && emulator;
        var port = endpoint.Port > 0 ? endpoint.Port : isEmulator ? PlainPort : TlsPort;
        return new ConnectionTarget(endpoint.Host, port, !isEmulator, new SasTokens(name, key, time));
    }

    public string Audience(string entityPath) => $"sb://{Host}/{entityPath}";
}
