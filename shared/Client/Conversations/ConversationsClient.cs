using System.Runtime.CompilerServices;
using Vivace.Client.Transport;
using Vivace.Contracts;
using Vivace.Contracts.Conversations;

namespace Vivace.Client.Conversations;

/// <summary><c>/api/conversations</c>: the caller's conversations; those of others are not found.</summary>
public sealed class ConversationsClient
{
    private const string Root = "api/conversations";

    private readonly VivaceHttp http;

    internal ConversationsClient(VivaceHttp http) => this.http = http;

    /// <summary>Makes a conversation, with a room of its own.</summary>
    public async Task<Conversation> CreateAsync(CreateConversationRequest? request = null, CancellationToken cancellationToken = default)
    {
        var body = Requests.Json(request ?? new CreateConversationRequest(), WireJson.Context.CreateConversationRequest);
        return (await http.CallAsync(Requests.Post(Root, body), WireJson.Context.ConversationReply, cancellationToken)).Conversation;
    }

    /// <summary>One conversation; 404 (<c>not-found</c>) when there is none of that id.</summary>
    public async Task<Conversation> GetAsync(string conversationId, CancellationToken cancellationToken = default)
        => (await http.CallAsync(Requests.Get(Path(conversationId)), WireJson.Context.ConversationReply, cancellationToken)).Conversation;

    /// <summary>One page, newest change first.</summary>
    /// <param name="after"><see cref="ConversationList.Next"/> of the page before; null: the first page.</param>
    /// <param name="limit">Conversations on the page, 1 to 200; null: the server's default, 100.</param>
    public Task<ConversationList> ListAsync(string? after = null, int? limit = null, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Get(Requests.Page(Root, "after", after, limit)), WireJson.Context.ConversationList, cancellationToken);

    /// <summary>All of them, newest change first, a page at a time as they are read.</summary>
    public async IAsyncEnumerable<Conversation> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? next = null;
        do
        {
            var page = await ListAsync(next, limit: null, cancellationToken);
            foreach (var conversation in page.Conversations)
            {
                yield return conversation;
            }

            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>Changes title, default mode or muting, each only where the request says so; the conversation as it is then.</summary>
    public async Task<Conversation> UpdateAsync(string conversationId, UpdateConversationRequest change, CancellationToken cancellationToken = default)
    {
        var request = Requests.Patch(Path(conversationId), Requests.Json(ConversationPatch.Write(change)));
        return (await http.CallAsync(request, WireJson.Context.ConversationReply, cancellationToken)).Conversation;
    }

    /// <summary>Deletes a conversation and everything that belongs to it; its running turns are cancelled.</summary>
    public Task DeleteAsync(string conversationId, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Delete(Path(conversationId)), cancellationToken);

    internal static string Path(string conversationId) => $"{Root}/{Requests.Segment(conversationId)}";
}
