using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Microsoft.Extensions.Time.Testing;
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
    public async Task A_token_that_cannot_be_renewed_is_asked_for_again_and_after_its_end_by_the_next_link()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var tokens = new MovingTokens(new SasTokens("k", Key, TimeProvider.System), clock);
        await using var client = new ServiceBusClient(
            _ => new(new ConnectionTarget("127.0.0.1", broker.Port, UseTls: false, tokens)), new ServiceBusClientOptions { Time = clock });
        await using var sender = client.CreateSender(Queue);
        await sender.SendMessageAsync(new ServiceBusMessage("x"));
        tokens.IsAway = true;
        await AdvanceUntilAsync(clock, () => tokens.Asked == 2);
        await AdvanceUntilAsync(clock, () => tokens.Asked > 3 && clock.GetUtcNow() > tokens.FirstEnds);

        tokens.IsAway = false;
        var asked = tokens.Asked;
        await using var next = client.CreateSender(Queue);
        await next.SendMessageAsync(new ServiceBusMessage("x"));
        Assert.Equal(asked + 1, tokens.Asked);
    }

    [Fact]
    public async Task A_client_whose_clock_is_an_hour_ahead_takes_one_message_for_late_and_gets_the_others()
    {
        var ahead = new FakeTimeProvider(DateTimeOffset.UtcNow + TimeSpan.FromHours(1));
        await using var client = new ServiceBusClient(
            $"Endpoint=sb://127.0.0.1:{broker.Port};SharedAccessKeyName=k;SharedAccessKey={Key};UseDevelopmentEmulator=true;", new ServiceBusClientOptions { Time = ahead });
        await using var sender = client.CreateSender(Queue);
        await sender.SendMessagesAsync([new ServiceBusMessage("1"), new ServiceBusMessage("2"), new ServiceBusMessage("3")]);
        await using var receiver = client.CreateReceiver(Queue);
        foreach (var expected in new[] { "2", "3" })
        {
            var message = (await receiver.ReceiveMessageAsync().WaitAsync(TimeSpan.FromSeconds(10)))!;
            Assert.Equal(expected, message.Body.ToString());
            await receiver.CompleteMessageAsync(message);
        }
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

    private static Task AdvanceUntilAsync(FakeTimeProvider clock, Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        return condition();
    });

    /// <summary>Good ones for twenty minutes of a test's clock, from a source that may be away.</summary>
    private sealed class MovingTokens(SasTokens tokens, FakeTimeProvider clock) : ITokenSource
    {
        private int asked;

        public bool IsAway { get; set; }

        public int Asked => Volatile.Read(ref asked);

        public DateTimeOffset FirstEnds { get; } = clock.GetUtcNow() + TimeSpan.FromMinutes(20);

        public string Type => tokens.Type;

        public async ValueTask<AccessGrant> GetAsync(string audience, CancellationToken cancellation)
        {
            Interlocked.Increment(ref asked);
            return IsAway
                ? throw new InvalidOperationException("No token today.")
                : (await tokens.GetAsync(audience, cancellation)) with { ExpiresOn = clock.GetUtcNow() + TimeSpan.FromMinutes(20) };
        }
    }

    /// <summary>Good ones that say they end soon after the client renews them.</summary>
    private sealed class ShortLivedTokens(SasTokens tokens) : ITokenSource
    {
        private static readonly TimeSpan Life = TimeSpan.FromMinutes(7) + TimeSpan.FromSeconds(10);

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
