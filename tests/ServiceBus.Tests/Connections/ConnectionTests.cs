using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Connections;
using Vivace.ServiceBus.Tests.Drivers;
using Vivace.ServiceBus.Wire;
using Vivace.Testing.Network;

namespace Vivace.ServiceBus.Tests.Connections;

/// <summary>How a connection is opened: TLS, keys and tokens.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private const string Key = "a2V5";
    private const string Queue = "q";

    private EmbeddedBroker broker = null!;

    public async Task InitializeAsync()
    {
        var options = new EmbeddedBrokerOptions { Port = 0, KeyName = "k", Key = Key, Queues = [new QueueOptions { Name = Queue }] };
        broker = await EmbeddedBroker.StartAsync(options, new InMemoryJournal(), TimeProvider.System, new ErrorLog(), CancellationToken.None);
    }

    public async Task DisposeAsync() => await broker.DisposeAsync();

    [Fact]
    public async Task Over_TLS_messages_flow_where_the_certificate_is_accepted()
    {
        await using var relay = new TlsRelay(broker.Port);
        var options = new ServiceBusClientOptions { CertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == relay.Certificate.GetCertHashString() };
        await using var client = new ServiceBusClient($"Endpoint=sb://127.0.0.1:{relay.Port};SharedAccessKeyName=k;SharedAccessKey={Key}", options);
        await using var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("secret"));
        await using var receiver = client.CreateReceiver(Queue);
        Assert.Equal("secret", (await receiver.ReceiveMessageAsync())!.Body.ToString());
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_refused()
    {
        await using var relay = new TlsRelay(broker.Port);
        await using var client = new ServiceBusClient($"Endpoint=sb://127.0.0.1:{relay.Port};SharedAccessKeyName=k;SharedAccessKey={Key}");
        await using var sender = client.CreateSender(Queue);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => sender.SendMessageAsync(new ServiceBusMessage("secret")));
    }

    [Fact]
    public async Task A_token_is_shown_once_an_entity_and_again_before_it_ends()
    {
        var tokens = new ShortLivedTokens(new SasTokens("k", Key, TimeProvider.System));
        await using var client = new ServiceBusClient(_ => new(new ConnectionTarget("127.0.0.1", broker.Port, UseTls: false, tokens)), new ServiceBusClientOptions());
        await using var sender = client.CreateSender(Queue);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sender.SendMessageAsync(new ServiceBusMessage("x"))));
        Assert.Equal(1, tokens.Given);
        await Eventually.TrueAsync(() => tokens.Given > 1);
        await sender.SendMessageAsync(new ServiceBusMessage("x"));
    }

    [Fact]
    public async Task A_node_whose_idle_link_was_detached_is_asked_over_a_new_one()
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        var connection = await factory.CreateAsync(new Address("127.0.0.1", broker.Port, scheme: "AMQP"));
        var node = new RequestNode(connection, AmqpNames.CbsAddress);
        await PutAsync(node);
        var first = node.Link;
        Assert.Same(first, node.Link);
        first.Close();
        await PutAsync(node);
        Assert.NotSame(first, node.Link);
        connection.Close(TimeSpan.Zero);

        static async Task PutAsync(RequestNode node)
        {
            var token = await new SasTokens("k", Key, TimeProvider.System).GetAsync($"sb://127.0.0.1/{Queue}", CancellationToken.None);
            var request = new Message
            {
                ApplicationProperties = new ApplicationProperties { ["operation"] = AmqpNames.Operation.PutToken, ["type"] = "servicebus.windows.net:sastoken", ["name"] = $"sb://127.0.0.1/{Queue}" },
                BodySection = new AmqpValue { Value = token.Token },
            };
            var answer = await node.Link.SendAsync(request, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal(202, answer.ApplicationProperties["status-code"]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Endpoint=sb://name.servicebus.windows.net/")]
    [InlineData("Endpoint=nonsense;SharedAccessKeyName=a;SharedAccessKey=b")]
    [InlineData("SharedAccessKeyName=a;SharedAccessKey=b")]
    public void An_unusable_connection_string_is_refused_at_once(string connectionString)
        => Assert.Throws<FormatException>(() => new ServiceBusClient(connectionString));

    [Theory]
    [InlineData("Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=b=", "n.servicebus.windows.net", 5671, true)]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b=;UseDevelopmentEmulator=true;", "localhost", 5672, false)]
    [InlineData("Endpoint=sb://127.0.0.1:7000;SharedAccessKeyName=a;SharedAccessKey=b=;UseDevelopmentEmulator=true", "127.0.0.1", 7000, false)]
    public void A_connection_string_says_where_and_how(string connectionString, string host, int port, bool tls)
    {
        var target = ConnectionTarget.Parse(connectionString, TimeProvider.System);
        Assert.Equal((host, port, tls), (target.Host, target.Port, target.UseTls));
    }

    /// <summary>Good ones that say they end soon after the client renews them.</summary>
    private sealed class ShortLivedTokens(SasTokens tokens) : ITokenSource
    {
        private static readonly TimeSpan Life = TimeSpan.FromMinutes(7) + TimeSpan.FromSeconds(3);

        private int given;

        public int Given => Volatile.Read(ref given);

        public string Type => tokens.Type;

        public async ValueTask<AccessGrant> GetAsync(string audience, CancellationToken cancellation)
        {
            Interlocked.Increment(ref given);
            return (await tokens.GetAsync(audience, cancellation)) with { ExpiresOn = DateTimeOffset.UtcNow + Life };
        }
    }
}
