using System.Collections.Concurrent;
using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Connections;

/// <summary>Requests to a node and their answers, matched by message id; for <c>$cbs</c> and <c>$management</c>.</summary>
internal sealed class RequestLink
{
    private const int Window = 100;

    private readonly string node;
    private readonly string replyTo;
    private readonly SenderLink sender;
    private readonly ReceiverLink receiver;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Message>> waiting = new(StringComparer.Ordinal);
    private long requests;

    public RequestLink(Connection connection, string node)
    {
        this.node = node;
        replyTo = node + "-replies";
        var session = new Session(connection);
        receiver = new ReceiverLink(
            session, node + "-receiver", new Attach { Source = new Source { Address = node }, Target = new Target { Address = replyTo } }, null);
        sender = new SenderLink(
            session, node + "-sender", new Attach { Source = new Source { Address = replyTo }, Target = new Target { Address = node } }, null);
        receiver.Start(Window, OnReply);
        receiver.AddClosedCallback((_, error) => Break(error));
        sender.AddClosedCallback((_, error) => Break(error));
    }

    public bool IsClosed => sender.IsClosed || receiver.IsClosed;

    public void Close() => receiver.Close(TimeSpan.Zero);

    /// <summary>Asks <c>$management</c> and returns the body of the answer; empty where there is none.</summary>
    public async Task<Map> AskAsync(string operation, Map body, string? linkName, string entityPath, CancellationToken cancellation)
    {
        var request = new Message
        {
            ApplicationProperties = new ApplicationProperties { ["operation"] = operation },
            BodySection = new AmqpValue { Value = body },
        };
        if (linkName is not null)
        {
            request.ApplicationProperties[AmqpNames.AssociatedLinkName] = linkName;
        }

        var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        var properties = answer.ApplicationProperties?.Map;
        var status = properties is null ? 0 : Convert.ToInt32(properties["statusCode"], CultureInfo.InvariantCulture);
        return status is >= 200 and < 300
            ? answer.Body as Map ?? []
            : throw AmqpErrors.ToException(
                new Error(new Symbol(properties?["errorCondition"]?.ToString() ?? ErrorCode.InternalError)) { Description = properties?["statusDescription"]?.ToString() },
                entityPath);
    }

    /// <exception cref="AmqpException">The link broke.</exception>
    public async Task<Message> SendAsync(Message request, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref requests).ToString(CultureInfo.InvariantCulture);
        var reply = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = reply;
        try
        {
            request.Properties = new Properties { MessageId = id, ReplyTo = replyTo };
            sender.Send(request, null, OnSent, reply);
            return await reply.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    private static void OnSent(ILink link, Message request, Outcome outcome, object state)
    {
        if (outcome is Rejected { Error: { } error })
        {
            ((TaskCompletionSource<Message>)state).TrySetException(new AmqpException(error));
        }
    }

    private void OnReply(IReceiverLink link, Message reply)
    {
        receiver.Accept(reply);
        if (reply.Properties?.GetCorrelationId()?.ToString() is { } id && waiting.TryRemove(id, out var asked))
        {
            asked.TrySetResult(reply);
        }
    }

    private void Break(Error? error)
    {
        foreach (var asked in waiting.Values)
        {
            asked.TrySetException(new AmqpException(error ?? new Error(ErrorCode.DetachForced) { Description = $"The link to {node} was closed." }));
        }

        try
        {
            receiver.Session.Close(TimeSpan.Zero);
        }
        catch (Exception e) when (AmqpErrors.IsOfBrokenConnection(e))
        {
            // The connection went first.
        }
    }
}
