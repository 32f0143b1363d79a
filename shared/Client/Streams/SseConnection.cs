using System.Globalization;
using System.Text;
using System.Text.Json;
using Vivace.Client.Problems;
using Vivace.Client.Transport;
using Vivace.Contracts;
using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>
/// One response of Server-Sent Events (HTML standard, section 9.2.6). An event that is not complete when the response ends is
/// none. A response without a byte for too long, heartbeats included, is a connection that was lost.
/// </summary>
internal sealed class SseConnection : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource silence;

    private SseConnection(HttpResponseMessage response, Stream body, TimeSpan patience, TimeProvider time)
    {
        (this.response, this.patience) = (response, patience);
        lines = new StreamReader(body, Encoding.UTF8);
        silence = new CancellationTokenSource(patience, time);
    }

    /// <summary>When to come again, as the server asked with <c>retry:</c>; null when it did not.</summary>
    public TimeSpan? Retry { get; private set; }

    public static async Task<SseConnection> OpenAsync(VivaceHttp http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.ParseAdd("text/event-stream");
        var response = await RespondAsync(http, request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            return new SseConnection(response, await response.Content.ReadAsStreamAsync(cancellationToken), http.Options.StreamSilence, http.Time);
        }

        response.Dispose();
        throw new VivaceProtocolException("The server answered something that is no event stream; is it a Vivace endpoint?");
    }

    /// <summary>The next event; null when the response has ended.</summary>
    /// <exception cref="VivaceUnreachableException">The connection was lost.</exception>
    public async ValueTask<ReceivedEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        string? id = null;
        string? data = null;
        while (await LineAsync(cancellationToken) is { } line)
        {
            var (field, value) = Split(line);
            switch (field)
            {
                case "id":
                    id = value;
                    break;
                case "data":
                    data = data is null ? value : $"{data}\n{value}";
                    break;
                case "retry" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds):
                    Retry = TimeSpan.FromMilliseconds(milliseconds);
                    break;
                case "" when line.Length == 0 && data is not null:
                    return Parse(id, data);
            }
        }

        return null;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
        silence.Dispose();
    }

    private static async Task<HttpResponseMessage> RespondAsync(VivaceHttp http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(http.Options.StreamSilence, http.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await http.OpenAsync(request, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VivaceUnreachableException($"The server did not answer for {http.Options.StreamSilence.TotalSeconds} s.", neverSent: false, e);
        }
    }

    private async ValueTask<string?> LineAsync(CancellationToken cancellationToken)
    {
        silence.CancelAfter(patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await lines.ReadLineAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VivaceUnreachableException($"The stream brought nothing for {patience.TotalSeconds} s.", neverSent: false, e);
        }
        catch (Exception e) when (Failures.OfTransport(e, cancellationToken))
        {
            throw new VivaceUnreachableException($"The stream broke off: {e.Message}", neverSent: false, e);
        }
    }

    /// <summary>A comment has an empty field and is not an empty line.</summary>
    private static (string Field, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return (line, "");
        }

        var start = colon + (line.Length > colon + 1 && line[colon + 1] == ' ' ? 2 : 1);
        return (line[..colon], line[start..]);
    }

    private static ReceivedEvent Parse(string? id, string data)
    {
        try
        {
            return StreamEventId.TryParse(id ?? "", out var position) && JsonSerializer.Deserialize(data, WireJson.Context.StreamEvent) is { } value
                ? new ReceivedEvent(position, value)
                : throw new VivaceProtocolException($"The stream has an event without an id of the form attempt-sequence-offset: \"{id}\".");
        }
        catch (JsonException e)
        {
            throw new VivaceProtocolException("The stream has an event that is none of the contract.", e);
        }
    }
}
