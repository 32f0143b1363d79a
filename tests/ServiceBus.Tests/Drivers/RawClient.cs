using System.Security.Cryptography;
using System.Text;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Types;
using Vivace.ServiceBus.Broker;

namespace Vivace.ServiceBus.Tests.Drivers;

/// <summary>An AMQP client without any manners of its own, for what official clients never do.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private int links;

    private RawClient(Connection connection) => Connection = connection;

    public Connection Connection { get; }

    public static async Task<RawClient> ConnectAsync(EmbeddedBroker broker, bool putToken = true)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        var client = new RawClient(await factory.CreateAsync(new Address($"amqp://127.0.0.1:{broker.Port}")).WaitAsync(Limit));
        if (putToken)
        {
            await client.PutTokenAsync();
        }

        return client;
    }

    public SenderLink Sender(string address) => new(new Session(Connection), Name(), address);

    /// <summary>Null when the message was accepted.</summary>
    public static async Task<string?> SendAsync(SenderLink sender, Message message)
    {
        var answered = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        sender.Send(message, (_, _, outcome, _) => answered.TrySetResult(outcome), null);
        return await answered.Task.WaitAsync(Limit) is Rejected rejected ? rejected.Error.Condition.ToString() : null;
    }

    public static Message Message(string body, string? session = null)
        => new() { BodySection = new AmqpValue { Value = body }, Properties = new Properties { MessageId = body, GroupId = session } };

    /// <param name="filter">Null for a queue without sessions; a null id asks for the next one.</param>
    public ReceiverLink Receiver(string address, (string? Id, bool IsSession) filter = default)
    {
        var source = new Source { Address = address };
        if (filter.IsSession)
        {
            source.FilterSet = new Map { [new Symbol("com.microsoft:session-filter")] = filter.Id };
        }

        return new ReceiverLink(
            new Session(Connection),
            Name(),
            new Attach { Source = source, Target = new Target { Address = "here" }, RcvSettleMode = ReceiverSettleMode.Second },
            null);
    }

    public static async Task<Message> ReceiveAsync(ReceiverLink receiver)
        => await receiver.ReceiveAsync(Limit) ?? throw new TimeoutException("No message came.");

    /// <summary>Waits until a link, session or connection is closed, and says why.</summary>
    public static Task<string?> ClosedAsync(AmqpObject closing)
    {
        var closed = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        closing.AddClosedCallback((_, error) => closed.TrySetResult(error?.Condition.ToString()));
        return closed.Task.WaitAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Connection.IsClosed)
        {
            await Connection.CloseAsync();
        }
    }

    private async Task PutTokenAsync()
    {
        var session = new Session(Connection);
        var replies = new ReceiverLink(session, Name(), new Attach { Source = new Source { Address = "$cbs" }, Target = new Target { Address = "replies" } }, null);
        replies.SetCredit(1, autoRestore: false);
        var requests = new SenderLink(session, Name(), "$cbs");
        await requests.SendAsync(new Message
        {
            Properties = new Properties { MessageId = "1", ReplyTo = "replies" },
            ApplicationProperties = new ApplicationProperties { ["operation"] = "put-token", ["type"] = "servicebus.windows.net:sastoken", ["name"] = "sb://127.0.0.1" },
            BodySection = new AmqpValue { Value = Token() },
        });
        var reply = await ReceiveAsync(replies);
        Assert.Equal(202, reply.ApplicationProperties["status-code"]);
        replies.Accept(reply);
    }

    private static string Token()
    {
        var resource = Uri.EscapeDataString("sb://127.0.0.1");
        var expiry = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(TestBroker.Key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}"));
        return $"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(Convert.ToBase64String(signature))}&se={expiry}&skn={TestBroker.KeyName}";
    }

    private string Name() => $"link-{Interlocked.Increment(ref links)}";
}
