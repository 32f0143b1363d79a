using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Vivace.Azure.AppConfiguration;

/// <summary>
/// A client of one Azure App Configuration store, over Azure.Core's pipeline. Conflicts are outcomes; anything else that is
/// not a success is a <see cref="RequestFailedException"/>, after the retries. Safe for concurrent use.
/// </summary>
public sealed class ConfigurationClient
{
    /// <summary>The most key-values of one page, set by the store.</summary>
    public const int PageSize = 100;

    private const string Scope = "https://azconfig.io/.default";
    private const string SettingMediaType = "application/vnd.microsoft.appconfig.kv+json";

    private readonly string endpoint;
    private readonly string apiVersion;
    private readonly HttpPipeline pipeline;

    /// <summary>Signs its requests with the access key of a connection string, <c>Endpoint=...;Id=...;Secret=...</c>.</summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public ConfigurationClient(string connectionString, ConfigurationClientOptions? options = null)
        : this(ConfigurationConnectionString.Parse(connectionString), options ?? new())
    {
    }

    /// <summary>Sends Entra tokens, which need https.</summary>
    public ConfigurationClient(Uri endpoint, TokenCredential credential, ConfigurationClientOptions? options = null)
        : this(endpoint, new BearerTokenAuthenticationPolicy(credential, Scope), options ?? new())
    {
    }

    private ConfigurationClient(ConfigurationConnectionString access, ConfigurationClientOptions options)
        : this(access.Endpoint, new SigningPolicy(access, options.Time), options)
    {
    }

    private ConfigurationClient(Uri endpoint, HttpPipelinePolicy authentication, ConfigurationClientOptions options)
    {
        this.endpoint = endpoint.AbsoluteUri.TrimEnd('/');
        apiVersion = options.ApiVersion;
        options.RetryPolicy ??= new ThrottleRetryPolicy(options.Retry.MaxRetries, options.Retry.Delay, options.Retry.MaxDelay);
        pipeline = HttpPipelineBuilder.Build(options, [], [new SyncTokenPolicy(new SyncTokens()), authentication], new ResponseClassifier());
    }

    /// <summary>One key-value; null when there is none.</summary>
    public async Task<ConfigurationSetting?> GetConfigurationSettingAsync(string key, string? label, CancellationToken cancellationToken)
    {
        using var message = Message(RequestMethod.Get, KeyPath(key, label));
        var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        return response.Status switch
        {
            200 => Setting(response),
            404 => null,
            _ => throw new RequestFailedException(response),
        };
    }

    /// <summary>Writes a key-value that must not exist yet.</summary>
    public Task<SettingWriteOutcome> AddConfigurationSettingAsync(ConfigurationSetting setting, CancellationToken cancellationToken)
        => PutAsync(setting, "If-None-Match", "*", cancellationToken);

    /// <summary>Writes a key-value.</summary>
    /// <param name="onlyIfUnchanged">Only while it is still of the setting's <see cref="ConfigurationSetting.ETag"/>.</param>
    public Task<SettingWriteOutcome> SetConfigurationSettingAsync(ConfigurationSetting setting, bool onlyIfUnchanged, CancellationToken cancellationToken)
        => onlyIfUnchanged ? PutAsync(setting, "If-Match", Quoted(setting), cancellationToken) : PutAsync(setting, null, null, cancellationToken);

    /// <summary>Deletes a key-value.</summary>
    /// <param name="onlyIfUnchanged">Only while it is still of the setting's <see cref="ConfigurationSetting.ETag"/>.</param>
    public Task<SettingWriteOutcome> DeleteConfigurationSettingAsync(ConfigurationSetting setting, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        var message = Message(RequestMethod.Delete, KeyPath(setting.Key, setting.Label));
        return WriteAsync(message, onlyIfUnchanged ? "If-Match" : null, onlyIfUnchanged ? Quoted(setting) : null, cancellationToken);
    }

    /// <summary>Every key-value of a selection, page after page, in the order of keys.</summary>
    public async IAsyncEnumerable<ConfigurationSetting> GetConfigurationSettingsAsync(
        SettingSelector selector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var link = Link(selector); link is not null;)
        {
            var page = await GetPageAsync(RequestMethod.Get, link, null, cancellationToken).ConfigureAwait(false);
            foreach (var setting in page.Items!)
            {
                yield return setting;
            }

            link = page.Next;
        }
    }

    /// <summary>The first page's address, relative to the store.</summary>
    internal string Link(SettingSelector selector)
    {
        var label = selector.LabelFilter is { } filter ? $"&label={Escape(filter)}" : "";
        return $"/kv?api-version={apiVersion}&key={Escape(selector.KeyFilter)}{label}";
    }

    /// <summary>One page.</summary>
    /// <param name="known">The ETag of the page as it was, to be told when it still is.</param>
    internal async Task<SettingPage> GetPageAsync(RequestMethod method, string link, string? known, CancellationToken cancellationToken)
    {
        using var message = Message(method, link);
        if (known is not null)
        {
            message.Request.Headers.SetValue("If-None-Match", known);
        }

        var response = await SendAsync(message, cancellationToken).ConfigureAwait(false);
        response.Headers.TryGetValue("ETag", out var etag);
        switch (response.Status)
        {
            case 200 when method == RequestMethod.Get:
                var list = JsonSerializer.Deserialize(response.Content, SettingJson.Default.SettingList) ?? throw new JsonException("A page holds null.");
                return new SettingPage(etag, list.Items, list.NextLink is { } next ? Relative(next) : null);
            case 200:
                return new SettingPage(etag, null, NextOf(response));
            case 304 when known is not null:
                return new SettingPage(known, null, NextOf(response));
            default:
                throw new RequestFailedException(response);
        }
    }

    private Task<SettingWriteOutcome> PutAsync(ConfigurationSetting setting, string? condition, string? value, CancellationToken cancellation)
    {
        var message = Message(RequestMethod.Put, KeyPath(setting.Key, setting.Label));
        var body = new SettingBody(setting.Value, setting.ContentType, setting.Tags);
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body, SettingJson.Default.SettingBody));
        message.Request.Headers.SetValue("Content-Type", SettingMediaType);
        return WriteAsync(message, condition, value, cancellation);
    }

    private async Task<SettingWriteOutcome> WriteAsync(HttpMessage message, string? condition, string? value, CancellationToken cancellation)
    {
        using (message)
        {
            if (condition is not null)
            {
                message.Request.Headers.SetValue(condition, value!);
            }

            var response = await SendAsync(message, cancellation).ConfigureAwait(false);
            return response.Status switch
            {
                200 => new SettingWriteOutcome(SettingWriteStatus.Done, Setting(response)),
                204 => new SettingWriteOutcome(SettingWriteStatus.Missing),
                409 => new SettingWriteOutcome(SettingWriteStatus.Locked),
                412 => new SettingWriteOutcome(SettingWriteStatus.ConditionNotMet),
                _ => throw new RequestFailedException(response),
            };
        }
    }

    private HttpMessage Message(RequestMethod method, string link)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(endpoint + link));
        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellation)
    {
        await pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
        return message.Response;
    }

    private string KeyPath(string key, string? label)
        => $"/kv/{Uri.EscapeDataString(key)}?api-version={apiVersion}{(label is null ? "" : $"&label={Uri.EscapeDataString(label)}")}";

    private static string Escape(string filter) => Uri.EscapeDataString(filter).Replace("%2A", "*", StringComparison.Ordinal);

    private static ConfigurationSetting Setting(Response response)
        => JsonSerializer.Deserialize(response.Content, SettingJson.Default.ConfigurationSetting) ?? throw new JsonException("A key-value is null.");

    private static string Quoted(ConfigurationSetting setting)
        => setting.ETag is { } etag ? $"\"{etag}\"" : throw new ArgumentException($"{setting.Key} has no ETag to compare with.", nameof(setting));

    /// <summary>From the header <c>Link</c>, <c>&lt;address&gt;; rel="next"</c>.</summary>
    private static string? NextOf(Response response)
        => response.Headers.TryGetValue("Link", out var link) && link.StartsWith('<') && link.EndsWith("rel=\"next\"", StringComparison.Ordinal)
            ? Relative(link[1..link.IndexOf('>', StringComparison.Ordinal)])
            : null;

    /// <summary>Only the path: a page never leads to another host, which would be sent the signature.</summary>
    private static string Relative(string link) => Uri.TryCreate(link, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https"
        ? absolute.PathAndQuery
        : link.StartsWith('/') ? link : throw new JsonException("The next page has no usable address.");
}
