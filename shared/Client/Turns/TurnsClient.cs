using Vivace.Client.Streams;
using Vivace.Client.Transport;
using Vivace.Contracts;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;

namespace Vivace.Client.Turns;

/// <summary><c>/api/turns/{turnId}</c>: the caller's turns; those of others are not found.</summary>
public sealed class TurnsClient
{
    private readonly VivaceHttp http;

    internal TurnsClient(VivaceHttp http) => this.http = http;

    /// <summary>What a turn asked for, did and used.</summary>
    public Task<TurnDetails> GetAsync(string turnId, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Get(Path(turnId)), WireJson.Context.TurnDetails, cancellationToken);

    /// <summary>
    /// Cancels a turn, from any process; one that has ended stays as it is. The turn as it is then: still running where it had
    /// not yet ended when the server answered.
    /// </summary>
    public Task<TurnDetails> CancelAsync(string turnId, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Delete(Path(turnId)), WireJson.Context.TurnDetails, cancellationToken);

    /// <summary>A turn's stream, live or replayed, as <see cref="Messages.MessagesClient.StreamAsync"/> gives it.</summary>
    /// <param name="after">The last event that was seen; null: from the beginning.</param>
    public IAsyncEnumerable<TurnEvent> ResumeAsync(string turnId, StreamEventId? after = null, CancellationToken cancellationToken = default)
        => new TurnStreamReader(http, turnId, after).ReadAsync(cancellationToken);

    internal static string Path(string turnId) => $"api/turns/{Requests.Segment(turnId)}";
}
