using System.Net.Http.Headers;
using System.Text;
using Vivace.Testing.Hosting;

namespace Vivace.Testing.Http;

/// <summary>One caller of the API, with the headers that say who it is. Outlives restarts of the host.</summary>
public sealed class VivaceClient(VivaceHost host, params string[] headers)
{
    public VivaceClient With(params string[] further) => new(host, [.. headers, .. further]);

    /// <summary>Makes a conversation.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<Conversation> ConverseAsync(string? body = null)
    {
        var answer = await PostAsync("/api/conversations", body);
        return answer.Status == 201
            ? new Conversation(this, answer["conversation.id"]!, answer["conversation.roomId"]!)
            : throw new InvalidOperationException(answer.ToString());
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, Json(json));

    public Task<Answer> PostAsync(string path, string? json, CancellationToken cancellation = default)
        => SendAsync(HttpMethod.Post, path, json is null ? null : Json(json), cancellation);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, CancellationToken cancellation = default)
    {
        using var response = await OpenAsync(method, path, content, HttpCompletionOption.ResponseContentRead, cancellation);
        return await Answer.ReadAsync(response, cancellation);
    }

    /// <summary>Sends, and returns as soon as the response's headers are there.</summary>
    public Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation = default)
        => OpenAsync(method, path, content, HttpCompletionOption.ResponseHeadersRead, cancellation);

    public static ByteArrayContent Json(string json) => Json(Encoding.UTF8.GetBytes(json));

    public static ByteArrayContent Json(byte[] json) => new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private async Task<HttpResponseMessage> OpenAsync(
        HttpMethod method, string path, HttpContent? content, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        for (var i = 0; i < headers.Length; i += 2)
        {
            if (!request.Headers.TryAddWithoutValidation(headers[i], headers[i + 1]))
            {
                throw new ArgumentException($"{headers[i]} is no header of requests.");
            }
        }

        return await host.Http.SendAsync(request, completion, cancellation);
    }
}
