using System.Collections.Concurrent;
using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Connections;

/// <summary>Shows the broker a token for each entity that is used on a connection, and a new one before it ends.</summary>
internal sealed partial class Authorization(RequestNode cbs, ConnectionTarget target, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(7);

    /// <summary>Between a renewal that failed and the next try.</summary>
    private static readonly TimeSpan RenewAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan GrantLimit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Task> granted = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Complete when links to the entity may be attached; links of the same entity share one grant.</summary>
    public async ValueTask GrantAsync(string entityPath, CancellationToken cancellation)
    {
        var grant = granted.GetOrAdd(entityPath, FirstAsync);
        try
        {
            await grant.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch when (grant.IsFaulted || grant.IsCanceled)
        {
            granted.TryRemove(KeyValuePair.Create(entityPath, grant));
            throw;
        }
    }

    /// <summary>The broker refused a link though it was shown a token: the next link shows it a new one.</summary>
    public void Forget(string entityPath) => granted.TryRemove(entityPath, out _);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task FirstAsync(string entityPath)
    {
        var expires = await PutAsync(entityPath, stopping.Token).ConfigureAwait(false);
        _ = RenewAsync(entityPath, expires, stopping.Token);
    }

    /// <summary>
    /// Ends with the connection. While the old token lives a renewal that failed is tried again; when it has ended the broker
    /// detaches the links, and the first that comes again asks anew.
    /// </summary>
    private async Task RenewAsync(string entityPath, DateTimeOffset expires, CancellationToken cancellation)
    {
        while (time.GetUtcNow() < expires)
        {
            var left = expires - time.GetUtcNow() - RenewBefore;
            await Task.Delay(left > TimeSpan.Zero ? left : RenewAgain, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            try
            {
                expires = await PutAsync(entityPath, cancellation).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Log.NotRenewed(logger, entityPath, e.GetType().Name);
            }
        }

        Forget(entityPath);
    }

    private async Task<DateTimeOffset> PutAsync(string entityPath, CancellationToken cancellation)
    {
        // All that use the entity wait for this one grant, so it must not wait for ever.
        using var limit = new CancellationTokenSource(GrantLimit, time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var audience = target.Audience(entityPath);
        var grant = await target.Tokens.GetAsync(audience, limited.Token).ConfigureAwait(false);
        var request = new Message
        {
            ApplicationProperties = new ApplicationProperties
            {
                ["operation"] = AmqpNames.Operation.PutToken,
                ["type"] = target.Tokens.Type,
                ["name"] = audience,
                ["expiration"] = grant.ExpiresOn.UtcDateTime,
            },
            BodySection = new AmqpValue { Value = grant.Token },
        };
        var answer = await cbs.Link.SendAsync(request, limited.Token).ConfigureAwait(false);
        var properties = answer.ApplicationProperties?.Map;
        var status = Convert.ToInt32(properties?["status-code"], CultureInfo.InvariantCulture);
        if (status is 200 or 202)
        {
            return grant.ExpiresOn;
        }

        var said = properties?["status-description"]?.ToString();
        throw status is 401 or 403
            ? new UnauthorizedAccessException(said ?? $"Service Bus refused the key for {entityPath}.")
            : AmqpErrors.ToException(new Error(new Symbol(status == 404 ? ErrorCode.NotFound : ErrorCode.InternalError)) { Description = said }, entityPath);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The token for {Entity} could not be renewed and is asked for again: {Fault}")]
        public static partial void NotRenewed(ILogger logger, string entity, string fault);
    }
}
