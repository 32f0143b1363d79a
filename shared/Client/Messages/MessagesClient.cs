using System.Runtime.CompilerServices;
using System.Text.Json;
using Vivace.Client.Conversations;
using Vivace.Client.Streams;
using Vivace.Client.Transport;
using Vivace.Contracts;
using Vivace.Contracts.Messages;

namespace Vivace.Client.Messages;

/// <summary><c>/api/conversations/{id}/messages</c>: saying something, as one call or as a stream, and the history.</summary>
public sealed class MessagesClient
{
    private readonly VivaceHttp http;

    internal MessagesClient(VivaceHttp http) => this.http = http;

    /// <summary>Sends a message and waits for the reply; not sent again when the connection is lost.</summary>
    /// <param name="idempotencyKey">
    /// 1 to 128 characters. With one the turn goes on when the connection is lost, and sending the message again under the same
    /// key gets its reply, or 409 (<c>in-flight</c>) while it runs; another message under it is 422. Without one, losing the
    /// connection, and cancelling this call, cancels the turn.
    /// </param>
    public Task<SentMessage> SendAsync(
        string conversationId, SendMessageRequest message, string? idempotencyKey = null, CancellationToken cancellationToken = default)
        => SendAsync(conversationId, Write(message), idempotencyKey, cancellationToken);

    /// <summary>As above with a JSON body as it is, for members that this version does not know.</summary>
    public async Task<SentMessage> SendAsync(
        string conversationId, ReadOnlyMemory<byte> body, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var request = new MessagePost($"{Path(conversationId)}", body, idempotencyKey).ToRequest();
        using var response = await http.SendAsync(request, cancellationToken);
        var reply = await VivaceHttp.ReadAsync(response, WireJson.Context.MessageReply, cancellationToken);
        return new SentMessage(reply, response.Headers.Contains("Idempotent-Replayed"));
    }

    /// <summary>
    /// Sends a message and streams its reply: text in order, none of it twice, then exactly one <see cref="TurnEnd"/>. Lost
    /// connections are resumed where they broke off. Leaving the enumeration leaves the stream and does not cancel the turn.
    /// </summary>
    /// <param name="idempotencyKey">1 to 128 characters; null: one is made, since a lost connection may ask to send again.</param>
    /// <exception cref="Problems.VivaceProblemException">The message was refused. A turn that fails later ends in a <see cref="TurnEnd"/>.</exception>
    /// <exception cref="Problems.VivaceUnreachableException">
    /// The server cannot be reached, or nothing came for <see cref="VivaceClientOptions.ReconnectFor"/>.
    /// </exception>
    public IAsyncEnumerable<TurnEvent> StreamAsync(
        string conversationId, SendMessageRequest message, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var post = new MessagePost($"{Path(conversationId)}/stream", Write(message), idempotencyKey ?? http.Options.NewKey());
        return new TurnStreamReader(http, post).ReadAsync(cancellationToken);
    }

    /// <summary>
    /// Sends a message and reads one connection of its stream to the end as it comes: nothing resumed, nothing left out and
    /// nothing checked. For those who watch the server; everybody else wants <see cref="StreamAsync"/>.
    /// </summary>
    public async IAsyncEnumerable<ReceivedEvent> StreamOnceAsync(
        string conversationId, ReadOnlyMemory<byte> body, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new MessagePost($"{Path(conversationId)}/stream", body, http.Options.NewKey()).ToRequest();
        using var connection = await SseConnection.OpenAsync(http, request, cancellationToken);
        while (await connection.ReadAsync(cancellationToken) is { } received)
        {
            yield return received;
        }
    }

    /// <summary>One page of the history: the newest page first, oldest message first within a page.</summary>
    /// <param name="before"><see cref="MessageList.Before"/> of the page before; null: the newest page.</param>
    /// <param name="limit">Messages on the page, 1 to 200; null: the server's default, 100.</param>
    public Task<MessageList> HistoryAsync(
        string conversationId, string? before = null, int? limit = null, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Get(Requests.Page(Path(conversationId), "before", before, limit)), WireJson.Context.MessageList, cancellationToken);

    private static string Path(string conversationId) => $"{ConversationsClient.Path(conversationId)}/messages";

    private static byte[] Write(SendMessageRequest message) => JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Context.SendMessageRequest);
}
