using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vivace.Client.Problems;

namespace Vivace.Client.Transport;

/// <summary>Sends requests with the caller's headers, and turns whatever is no success into an exception of this library.</summary>
internal sealed class VivaceHttp
{
    private static readonly HttpRequestOptionsKey<bool> BrowserStreaming = new("WebAssemblyEnableStreamingResponse");

    private readonly HttpClient http;
    private readonly IReadOnlyList<(string Name, string Value)> headers;

    public VivaceHttp(HttpClient http, VivaceClientOptions options, TimeProvider time)
    {
        (this.http, Options, Time) = (http, options, time);
        headers = RequestHeaders.Of(options);
    }

    public VivaceClientOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>A call whose answer is a JSON body.</summary>
    public async Task<T> CallAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>A call whose answer has no body.</summary>
    public async Task CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => (await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken)).Dispose();

    /// <summary>A successful answer as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(BrowserStreaming, true);
        return SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>A successful answer, all of it.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);

    /// <summary>The body of an answer that has been read to its end.</summary>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type)
                ?? throw new VivaceProtocolException("The server answered null.");
        }
        catch (JsonException e)
        {
            throw new VivaceProtocolException($"The server answered something that is no {typeof(T).Name}; is it a Vivace endpoint?", e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using (request)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            try
            {
                var response = await http.SendAsync(request, completion, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                using (response)
                {
                    throw await ProblemReader.ReadAsync(response, Time, cancellationToken);
                }
            }
            catch (Exception e) when (Failures.OfTransport(e, cancellationToken))
            {
                throw Failures.Unreachable(e, http.BaseAddress!);
            }
        }
    }
}
