using System.Net;

namespace Vivace.Api.Hosting;

/// <summary>Checks where to listen before Kestrel does, whose advice is for those who write programs.</summary>
internal static class ListenAddresses
{
    public static IEnumerable<string> Faults(string urls) => urls
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(url => FaultOf(url) is { } fault ? $"Urls: {url} {fault}" : null)
        .OfType<string>();

    private static string? FaultOf(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return "is no address to listen on; give one such as http://127.0.0.1:7071.";
        }

        return address switch
        {
            { Scheme: "https" } => "asks for https, which is not served here: listen on http, behind a proxy that ends TLS.",
            { Scheme: not "http" } => $"begins with {address.Scheme}; give an address such as http://127.0.0.1:7071.",
            { IsUnixPipe: true } or { IsNamedPipe: true } => null,
            { PathBase.Length: > 0 } => $"has the base path {address.PathBase}, and none is served here: leave it out.",
            { Port: < 0 or > 65535 } => "names no port; they go from 0 to 65535.",
            _ => address.Host.LastIndexOf(':') > address.Host.LastIndexOf(']') && !IPAddress.TryParse(address.Host, out _) ? "names no port; they go from 0 to 65535." : null,
        };
    }
}
