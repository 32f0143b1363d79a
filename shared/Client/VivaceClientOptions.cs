using System.Security.Cryptography;

namespace Vivace.Client;

/// <summary>Who calls, and how patient streams are.</summary>
public sealed record VivaceClientOptions
{
    /// <summary>Sent as <c>X-Api-Key</c>; null: none, as a server on the same machine without keys allows. Visible ASCII.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The end user of a service key, sent as <c>X-Vivace-User</c>: at most 128 visible ASCII characters; null: none.</summary>
    public string? User { get; init; }

    /// <summary>Further headers of every request; none by default.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A stream without a byte for this long is taken for dead and resumed; default 20 s, the server sends one every 5 s.</summary>
    public TimeSpan StreamSilence { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Pause before a stream is resumed, until the server names another with <c>retry:</c>; default 100 ms.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The pause doubles with every connection that brought nothing, up to this; default 5 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A stream that brought nothing for this long, over any number of connections, is given up; default 60 s.</summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes the idempotency keys of streams that were given none; default 128 random bits in hexadecimal digits.</summary>
    public Func<string> NewKey { get; init; } = static () => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
