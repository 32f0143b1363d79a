using System.Net;
using Vivace.Api.Hosting;
using Vivace.Api.Problems;
using Vivace.Api.Settings;
using Vivace.Contracts.Problems;

namespace Vivace.Api.Auth;

/// <summary>
/// Tells who calls: a configured key, a principal that App Service authentication has vouched for, or, standing alone
/// without keys, this machine. Under the Functions host everything comes from 127.0.0.1, so loopback proves nothing there.
/// </summary>
internal sealed class CallerResolver(ApiKeyRing keys, HostingMode mode, IConfiguration configuration)
{
    private const int MaxUserLength = 128;

    private readonly bool trustsPrincipal = mode.IsFunctionsHost
        && string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    private readonly bool servesLoopback = !mode.IsFunctionsHost && keys.IsEmpty;

    public (Caller? Caller, Problem? Fault) Resolve(HttpContext context)
    {
        if (servesLoopback)
        {
            return LoopbackFault(context) is { } fault ? (null, fault) : (Caller.Local, null);
        }

        var headers = context.Request.Headers;
        if (KeyOf(headers) is { } sent)
        {
            if (keys.Find(sent) is { } key)
            {
                return ForKey(key, headers["X-Vivace-User"]);
            }

            // A bearer token may be the one that App Service authentication has vouched for already.
            if (!trustsPrincipal || headers.ContainsKey("X-Api-Key"))
            {
                return (null, ProblemKinds.UnknownKey);
            }
        }

        return trustsPrincipal && (string?)headers["X-MS-CLIENT-PRINCIPAL-ID"] is { Length: > 0 and <= MaxUserLength } principal
            ? (new Caller($"principal:{principal}", $"principal:{principal}", false) { Actor = "principal" }, null)
            : (null, ProblemKinds.Unauthorized);
    }

    private static (Caller? Caller, Problem? Fault) ForKey(ApiKeySettings key, string? user)
    {
        var isOperator = key.Roles.Contains("operator");
        var owner = $"key:{key.Name}";
        if (!key.Roles.Contains("service"))
        {
            if (!string.IsNullOrEmpty(user))
            {
                // Ignored, it would put all users of a front end under one owner, who then see each other's conversations.
                return (null, ProblemKinds.InvalidRequest("X-Vivace-User is for keys of the role service, which this key has not."));
            }

            return (new Caller(owner, owner, isOperator) { Groups = key.Groups, Actor = key.Name }, null);
        }

        return user switch
        {
            null or "" => (new Caller(owner, null, isOperator) { Groups = key.Groups, Actor = key.Name }, null),
            { Length: > MaxUserLength } => (null, ProblemKinds.InvalidRequest($"X-Vivace-User has at most {MaxUserLength} characters.")),
            _ => (new Caller($"{owner}/{user}", $"{owner}/{user}", isOperator) { Groups = key.Groups, Actor = key.Name }, null),
        };
    }

    private static string? KeyOf(IHeaderDictionary headers)
    {
        if ((string?)headers["X-Api-Key"] is { Length: > 0 } key)
        {
            return key;
        }

        const string scheme = "Bearer ";
        return (string?)headers.Authorization is { } value && value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? value[scheme.Length..].Trim()
            : null;
    }

    /// <summary>Against pages of other sites that call this machine through a browser, rebound names included.</summary>
    private static Problem? LoopbackFault(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return ProblemKinds.Forbidden("Without configured keys only this machine is served.");
        }

        if (!IsLoopbackName(context.Request.Host.Host))
        {
            return ProblemKinds.Forbidden("The Host header does not name this machine.");
        }

        var origin = (string?)context.Request.Headers.Origin;
        return origin is null || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopbackName(uri.Host))
            ? null
            : ProblemKinds.Forbidden("The Origin header names another site.");
    }

    private static bool IsLoopbackName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
