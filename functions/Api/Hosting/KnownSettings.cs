namespace Vivace.Api.Hosting;

/// <summary>The name of every setting that is read, by Vivace or by what it is built on.</summary>
internal static class KnownSettings
{
    /// <summary>Of Vivace's sections; <c>{n}</c> stands for an entry of a list.</summary>
    public static readonly string[] Own =
    [
        "Storage:Path", "Storage:Synchronous",
        "Processing:DefaultMode", "Processing:FastProfile",
        "Models:Small:Provider", "Models:Small:Endpoint", "Models:Small:Model", "Models:Small:ApiKey", "Models:Small:UseEntra", "Models:Small:ServiceTier",
        "Models:Large:Provider", "Models:Large:Endpoint", "Models:Large:Model", "Models:Large:ApiKey", "Models:Large:UseEntra", "Models:Large:ServiceTier",
        "Models:Offline:Latency",
        "Auth:ApiKeys:{n}:Name", "Auth:ApiKeys:{n}:Sha256", "Auth:ApiKeys:{n}:Roles:{n}", "Auth:ApiKeys:{n}:Groups:{n}",
        "Limits:MessagesPerMinute", "Limits:FastMessagesPerMinute",
        "Flags:Path", "Flags:MaxAgeSeconds",
        "AppConfiguration:ConnectionString", "AppConfiguration:Endpoint", "AppConfiguration:RefreshSeconds", "AppConfiguration:MaxAgeSeconds",
        "AppConfiguration:ApiVersion", "AppConfiguration:Label",
        "Safety:RulesPath",
        "Turns:Run", "Turns:MaxConcurrent", "Turns:ResendSeconds", "Turns:HandOverSeconds", "Turns:SweepSeconds",
        "Streams:CoalesceMilliseconds", "Streams:MaxCoalesceMilliseconds", "Streams:ConnectionSeconds", "Streams:Shards",
        "Evaluations:ResendSeconds", "Evaluations:RetrySeconds",
        "Rollouts:FlushSeconds", "Rollouts:ReconcileSeconds", "Rollouts:ProbeFreshMinutes",
        "ServiceBus:ConnectionString", "ServiceBus:Namespace", "ServiceBus:FullyQualifiedNamespace", "ServiceBus:Embedded:Port",
        "ServiceBus:Embedded:Queues:{n}:Name", "ServiceBus:Embedded:Queues:{n}:RequiresSession", "ServiceBus:Embedded:Queues:{n}:RequiresDuplicateDetection",
        "ServiceBus:Embedded:Queues:{n}:MaxDeliveryCount", "ServiceBus:Embedded:Queues:{n}:LockDuration",
        "ServiceBus:Embedded:Queues:{n}:DefaultMessageTimeToLive", "ServiceBus:Embedded:Queues:{n}:DeadLetteringOnMessageExpiration",
        "Agent:Name", "Agent:Instructions",
    ];

    /// <summary>Of the Functions host, of App Service and of ASP.NET.</summary>
    private static readonly string[] Others =
    [
        "ServiceBus", "FUNCTIONS_CUSTOMHANDLER_PORT", "WEBSITE_AUTH_ENABLED",
        "Urls", "Environment", "ContentRoot", "WebRoot", "ApplicationName", "AllowedHosts", "DetailedErrors",
        "CaptureStartupErrors", "SuppressStatusMessages", "PreferHostingUrls", "PreventHostingStartup", "HostingStartupAssemblies",
        "HostingStartupExcludeAssemblies", "ForwardedHeaders_Enabled", "ShutdownTimeoutSeconds", "StartupTimeoutSeconds",
        "ServicesStartConcurrently", "ServicesStopConcurrently",
    ];

    private static readonly string[] OtherSections = ["Logging:", "Kestrel:", "HostBuilder:"];

    public static bool Contains(string name)
        => Others.Contains(name, StringComparer.OrdinalIgnoreCase)
            || OtherSections.Any(s => name.StartsWith(s, StringComparison.OrdinalIgnoreCase))
            || Own.Any(o => Matches(o.Split(':'), name.Split(':')));

    /// <summary>What was probably meant; null: nothing is near.</summary>
    public static string? Nearest(string name)
    {
        if (name.ToUpperInvariant() is "PORT" or "P" or "HTTP_PORTS" or "HTTPS_PORTS" or "HOST" or "URL" or "BIND" or "LISTEN")
        {
            return "Urls";
        }

        // As the environment would have it.
        var asked = name.Replace("__", ":", StringComparison.Ordinal);
        var (nearest, distance) = Own.Concat(Others).Select(known => (known, Distance(known, asked))).MinBy(k => k.Item2);
        return distance <= Math.Max(2, asked.Length / 4)
            ? nearest
            : Own.FirstOrDefault(o => o.EndsWith($":{asked}", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Matches(string[] known, string[] name)
        => known.Length == name.Length && known.Zip(name).All(p => p.First == "{n}" || p.First.Equals(p.Second, StringComparison.OrdinalIgnoreCase));

    /// <summary>Levenshtein's: letters to put in, leave out or exchange.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var exchanged = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
