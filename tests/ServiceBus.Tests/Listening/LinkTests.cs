using Amqp.Framing;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Listening;

public sealed class LinkTests
{
    [Fact]
    public async Task Without_a_token_nothing_can_be_attached()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = await RawClient.ConnectAsync(broker, putToken: false);
        Assert.Equal("amqp:unauthorized-access", await RawClient.ClosedAsync(client.Sender("plain")));
        Assert.Equal("amqp:unauthorized-access", await RawClient.ClosedAsync(client.Receiver("plain")));
    }

    [Fact]
    public async Task Giving_up_while_waiting_for_a_session_keeps_the_connection_and_takes_no_session()
    {
        using var log = new ErrorLog();
        await using var broker = await TestBroker.StartAsync(loggers: log);
        await using var client = await RawClient.ConnectAsync(broker);
        var impatient = client.Receiver("sessions", (null, true));
        impatient.Close(TimeSpan.Zero);
        var patient = client.Receiver("sessions", (null, true));
        patient.SetCredit(1);
        Assert.Null(await RawClient.SendAsync(client.Sender("sessions"), RawClient.Message("one", "a")));
        Assert.Equal("one", (await RawClient.ReceiveAsync(patient)).Body);
        Assert.False(client.Connection.IsClosed);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task A_broken_connection_frees_its_sessions_and_messages()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var second = await RawClient.ConnectAsync(broker);
        var first = await RawClient.ConnectAsync(broker);
        await RawClient.SendAsync(first.Sender("sessions"), RawClient.Message("one", "a"));
        var holder = first.Receiver("sessions", ("a", true));
        holder.SetCredit(1);
        await RawClient.ReceiveAsync(holder);
        var next = second.Receiver("sessions", (null, true));
        next.SetCredit(1);
        await first.DisposeAsync();
        var message = await RawClient.ReceiveAsync(next);
        Assert.Equal(("one", 0u), ((string)message.Body, message.Header.DeliveryCount));
    }

    [Fact]
    public async Task Credit_given_before_a_session_is_had_counts_once()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = await RawClient.ConnectAsync(broker);
        var receiver = client.Receiver("sessions", (null, true));
        receiver.SetCredit(2, autoRestore: false);
        var sender = client.Sender("sessions");
        for (var i = 0; i < 4; i++)
        {
            await RawClient.SendAsync(sender, RawClient.Message($"{i}", "a"));
        }

        Assert.Equal(["0", "1"], [(await RawClient.ReceiveAsync(receiver)).Body, (await RawClient.ReceiveAsync(receiver)).Body]);
        receiver.SetCredit(2, autoRestore: false);
        Assert.Equal(["2", "3"], [(await RawClient.ReceiveAsync(receiver)).Body, (await RawClient.ReceiveAsync(receiver)).Body]);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_and_the_link_lives_on()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = await RawClient.ConnectAsync(broker);
        var sender = client.Sender("plain");
        var large = RawClient.Message("large");
        large.BodySection = new Data { Binary = new byte[(1024 * 1024) + 1] };
        Assert.Equal("amqp:link:message-size-exceeded", await RawClient.SendAsync(sender, large));
        Assert.Null(await RawClient.SendAsync(sender, RawClient.Message("small")));
    }

    [Fact]
    public async Task Annotations_and_properties_arrive_as_they_were_sent_beside_the_brokers()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var client = await RawClient.ConnectAsync(broker);
        var sent = RawClient.Message("one");
        sent.Header = new Header { Durable = true, Ttl = 60_000, Priority = 7 };
        sent.MessageAnnotations = new MessageAnnotations { [new Amqp.Types.Symbol("x-opt-partition-key")] = "p", [new Amqp.Types.Symbol("x-opt-sequence-number")] = 99L };
        sent.ApplicationProperties = new ApplicationProperties { ["n"] = 1, ["t"] = "text" };
        await RawClient.SendAsync(client.Sender("plain"), sent);
        var receiver = client.Receiver("plain");
        receiver.SetCredit(1);
        var received = await RawClient.ReceiveAsync(receiver);
        Assert.Equal((true, 60_000u, (byte)7, 0u), (received.Header.Durable, received.Header.Ttl, received.Header.Priority, received.Header.DeliveryCount));
        Assert.Equal("p", received.MessageAnnotations[new Amqp.Types.Symbol("x-opt-partition-key")]);
        Assert.Equal(1L, received.MessageAnnotations[new Amqp.Types.Symbol("x-opt-sequence-number")]);
        Assert.Equal((1, "text"), ((int)received.ApplicationProperties["n"], (string)received.ApplicationProperties["t"]));
        Assert.Equal(("one", "one"), (received.Properties.MessageId, (string)received.Body));
        Assert.Equal(16, received.DeliveryTag.Length);
    }
}
