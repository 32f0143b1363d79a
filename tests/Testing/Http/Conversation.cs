using System.Text.Json;
using Vivace.Testing.Streams;

namespace Vivace.Testing.Http;

/// <summary>A conversation, as its client sees it.</summary>
public sealed class Conversation(VivaceClient client, string id, string roomId)
{
    public string Id { get; } = id;

    public string RoomId { get; } = roomId;

    public string Path => $"/api/conversations/{Id}";

    /// <summary>The same conversation, seen by another caller or with further headers.</summary>
    public Conversation SeenBy(VivaceClient other) => new(other, Id, RoomId);

    /// <summary>The same conversation, its messages sent under an idempotency key.</summary>
    public Conversation WithKey(string key) => SeenBy(client.With("Idempotency-Key", key));

    /// <summary>Says something and waits for the reply.</summary>
    public Task<Answer> SayAsync(string text, string? processing = null, CancellationToken cancellation = default)
        => SayAsync(new Said(text, processing), cancellation);

    public Task<Answer> SayAsync(Said said, CancellationToken cancellation = default) => PostAsync(said.ToJson(), cancellation);

    /// <summary>Posts a body as it is.</summary>
    public Task<Answer> PostAsync(string body, CancellationToken cancellation = default) => client.PostAsync($"{Path}/messages", body, cancellation);

    public Task<Answer> PostAsync(HttpContent? body) => client.SendAsync(HttpMethod.Post, $"{Path}/messages", body);

    /// <summary>Says something and reads the streamed reply to its end.</summary>
    public Task<StreamedReply> StreamAsync(string text, string? processing = null) => StreamAsync(new Said(text, processing));

    public async Task<StreamedReply> StreamAsync(Said said)
    {
        await using var stream = await OpenStreamAsync(said);
        return await stream.ReadToEndAsync();
    }

    /// <summary>Says something and leaves the streamed reply to be read event by event.</summary>
    public async Task<SseStream> OpenStreamAsync(Said said, CancellationToken cancellation = default)
        => new(await client.OpenAsync(HttpMethod.Post, $"{Path}/messages/stream", VivaceClient.Json(said.ToJson()), cancellation));

    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync()
    {
        var page = await PageAsync("?limit=200");
        return [.. page.Json.GetProperty("messages").EnumerateArray().Select(ToEntry)];
    }

    /// <summary>One page of the history.</summary>
    public Task<Answer> PageAsync(string query = "") => client.GetAsync($"{Path}/messages{query}");

    public Task<Answer> GetAsync() => client.GetAsync(Path);

    public Task<Answer> ChangeAsync(string json) => client.PatchAsync(Path, json);

    public Task<Answer> DeleteAsync() => client.DeleteAsync(Path);

    public Task<Answer> TurnAsync(string? turnId) => client.GetAsync($"/api/turns/{turnId}");

    /// <summary>The turn, once it has ended.</summary>
    public Task<Answer> EndedTurnAsync(string? turnId) => Eventually.GetAsync(() => TurnAsync(turnId), turn => turn["status"] is not "running");

    private static HistoryEntry ToEntry(JsonElement message)
        => new(message.At("role")!, message.At("text")!, message.At("turnId")!, message.At("source"));
}
