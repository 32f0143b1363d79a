namespace Vivace.Api.Hosting;

/// <summary>Whether the program stands alone or is the custom handler of a Functions host.</summary>
/// <param name="FunctionsPort">The port that the host assigned; null when standing alone.</param>
internal sealed record HostingMode(int? FunctionsPort)
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    public bool IsFunctionsHost => FunctionsPort is not null;

    public static HostingMode Detect(IConfiguration configuration)
    {
        if (configuration[PortVariable] is not { Length: > 0 } text)
        {
            return new HostingMode((int?)null);
        }

        return int.TryParse(text, out var port) && port is > 0 and <= 65535
            ? new HostingMode(port)
            : throw new StartupException("The Functions host gave no usable port:", [$"{PortVariable} is \"{text}\"."]);
    }

    /// <summary>Where to listen. The host always calls 127.0.0.1.</summary>
    public string Urls(IConfiguration configuration)
        => FunctionsPort is { } port ? $"http://127.0.0.1:{port}" : configuration["Urls"] is { } urls && !string.IsNullOrWhiteSpace(urls) ? urls : "http://127.0.0.1:7071";
}
