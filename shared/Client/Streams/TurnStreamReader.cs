using System.Runtime.CompilerServices;
using Vivace.Client.Messages;
using Vivace.Client.Problems;
using Vivace.Client.Transport;
using Vivace.Client.Turns;
using Vivace.Contracts.Streams;

namespace Vivace.Client.Streams;

/// <summary>
/// Reads one turn's stream over as many connections as it takes. Until the first event the message is posted again under its
/// key, which attaches to the same turn; from then on the turn's stream is resumed after the last event.
/// </summary>
internal sealed class TurnStreamReader
{
    private readonly VivaceHttp http;
    private readonly MessagePost? post;
    private readonly StreamPosition position;
    private SseConnection? connection;
    private TimeSpan delay;
    private long progressAt;
    private int losses;

    public TurnStreamReader(VivaceHttp http, MessagePost post)
        : this(http, post, new StreamPosition(null, null))
    {
    }

    public TurnStreamReader(VivaceHttp http, string turnId, StreamEventId? after)
        : this(http, null, new StreamPosition(turnId, after))
    {
    }

    private TurnStreamReader(VivaceHttp http, MessagePost? post, StreamPosition position)
        => (this.http, this.post, this.position, delay) = (http, post, position, http.Options.ReconnectDelay);

    /// <summary>The events that are new, to the end; enumerated once.</summary>
    public async IAsyncEnumerable<TurnEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        progressAt = http.Time.GetTimestamp();
        try
        {
            TurnEvent next;
            do
            {
                next = await NextAsync(cancellationToken);
                yield return next;
            }
            while (next is not TurnEnd);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private async ValueTask<TurnEvent> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Exception? loss = null;
            try
            {
                connection ??= await SseConnection.OpenAsync(http, Request(), cancellationToken);
                while (await connection.ReadAsync(cancellationToken) is { } received)
                {
                    Progress();
                    if (position.Take(received) is { } news)
                    {
                        return news;
                    }
                }
            }
            catch (Exception e) when (IsLoss(e, cancellationToken))
            {
                loss = e;
            }

            GiveUpAfter(loss);
            await PauseAsync((loss as VivaceProblemException)?.RetryAfter ?? delay, cancellationToken);
        }
    }

    private HttpRequestMessage Request()
    {
        if (position.TurnId is not { } turnId)
        {
            return post!.ToRequest();
        }

        var request = Requests.Get($"{TurnsClient.Path(turnId)}/stream");
        if (position.Last is { } last)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", last.ToString());
        }

        return request;
    }

    private void Progress()
    {
        (losses, progressAt) = (0, http.Time.GetTimestamp());
        delay = connection?.Retry ?? http.Options.ReconnectDelay;
    }

    /// <summary>Whether to come again: not where a first connection was never made, nor where the server refuses for good.</summary>
    private bool IsLoss(Exception e, CancellationToken cancellationToken) => e switch
    {
        VivaceUnreachableException { NeverSent: true } => HasBegun,
        VivaceUnreachableException => true,
        VivaceProblemException { Status: 429 or 502 or 503 or 504 } => HasBegun,
        _ => Failures.OfTransport(e, cancellationToken),
    };

    private bool HasBegun => losses > 0 || position.TurnId is not null;

    private void GiveUpAfter(Exception? loss)
    {
        losses++;
        delay = connection?.Retry ?? delay;
        connection?.Dispose();
        connection = null;
        if (http.Time.GetElapsedTime(progressAt) > http.Options.ReconnectFor)
        {
            throw new VivaceUnreachableException(
                $"The stream{(position.TurnId is { } turn ? $" of turn {turn}" : "")} brought nothing for {http.Options.ReconnectFor.TotalSeconds} s: "
                + (loss?.Message ?? "the server ends it again and again."), neverSent: false, loss);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var doubled = pause * Math.Pow(2, Math.Min(losses - 1, 16));
        var longest = pause > http.Options.MaxReconnectDelay ? pause : http.Options.MaxReconnectDelay;
        await Task.Delay(doubled < longest ? doubled : longest, http.Time, cancellationToken);
    }
}
