using Microsoft.Extensions.Time.Testing;
using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Listening;

public sealed class FaultTests
{
    [Fact]
    public async Task A_busy_broker_refuses_once()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeAccepting, BrokerFault.ServerBusy);
        await using var client = await RawClient.ConnectAsync(broker);
        var sender = client.Sender("plain");
        Assert.Equal("com.microsoft:server-busy", await RawClient.SendAsync(sender, RawClient.Message("one")));
        Assert.Null(await RawClient.SendAsync(sender, RawClient.Message("two")));
    }

    [Fact]
    public async Task A_dropped_connection_leaves_a_durable_message_unacknowledged()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeAcknowledging, BrokerFault.DropConnection);
        await using var client = await RawClient.ConnectAsync(broker);
        client.Sender("plain").Send(RawClient.Message("one"), null, null);
        await RawClient.ClosedAsync(client.Connection);
        await using var again = await RawClient.ConnectAsync(broker);
        var receiver = again.Receiver("plain");
        receiver.SetCredit(1);
        Assert.Equal("one", (await RawClient.ReceiveAsync(receiver)).Body);
    }

    [Fact]
    public async Task A_closed_connection_says_that_it_was_forced()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeDelivering, BrokerFault.CloseConnection);
        await using var client = await RawClient.ConnectAsync(broker);
        client.Receiver("plain").SetCredit(1);
        await RawClient.SendAsync(client.Sender("plain"), RawClient.Message("one"));
        Assert.Equal("amqp:connection:forced", await RawClient.ClosedAsync(client.Connection));
    }

    /// <summary>The library rejects for the peer what is unsettled on a connection that ends with an error.</summary>
    [Fact]
    public async Task A_closed_connection_makes_no_dead_letters()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeDelivering, BrokerFault.None, BrokerFault.CloseConnection);
        await using var client = await RawClient.ConnectAsync(broker);
        var sender = client.Sender("plain");
        string[] sent = ["one", "two", "three"];
        foreach (var body in sent)
        {
            Assert.Null(await RawClient.SendAsync(sender, RawClient.Message(body)));
        }

        client.Receiver("plain").SetCredit(3);
        await RawClient.ClosedAsync(client.Connection);
        await using var again = await RawClient.ConnectAsync(broker);
        var receiver = again.Receiver("plain");
        receiver.SetCredit(3);
        foreach (var body in sent)
        {
            Assert.Equal(body, (await RawClient.ReceiveAsync(receiver)).Body);
        }
    }

    [Fact]
    public async Task A_delayed_delivery_holds_up_those_behind_it()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeDelivering, BrokerFault.DelayBy(TimeSpan.FromMilliseconds(50)));
        await using var client = await RawClient.ConnectAsync(broker);
        var sender = client.Sender("plain");
        await RawClient.SendAsync(sender, RawClient.Message("one"));
        await RawClient.SendAsync(sender, RawClient.Message("two"));
        var receiver = client.Receiver("plain");
        receiver.SetCredit(2);
        Assert.Equal(["one", "two"], [(await RawClient.ReceiveAsync(receiver)).Body, (await RawClient.ReceiveAsync(receiver)).Body]);
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_is_one_to_the_client()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeDelivering, BrokerFault.Duplicate);
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using var sender = client.CreateSender("plain");
        await sender.SendMessageAsync(new ServiceBusMessage("one"));
        await sender.SendMessageAsync(new ServiceBusMessage("two"));
        await using var receiver = client.CreateReceiver("plain", new ServiceBusReceiverOptions { PrefetchCount = 4 });
        var one = await receiver.ReceiveMessageAsync();
        var two = await receiver.ReceiveMessageAsync();
        Assert.Equal(["one", "two"], [one!.Body.ToString(), two!.Body.ToString()]);
        await receiver.CompleteMessagesAsync([one, two]);
    }

    [Fact]
    public async Task A_delivery_delayed_past_its_lock_is_made_again_while_the_client_waits()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeDelivering, BrokerFault.DelayBy(TimeSpan.FromSeconds(1.6)));
        await using var client = new ServiceBusClient(broker.ConnectionString);
        await using var sender = client.CreateSender("short");
        await sender.SendMessageAsync(new ServiceBusMessage("one"));
        await using var receiver = client.CreateReceiver("short");
        var one = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(("one", 2), (one!.Body.ToString(), one.DeliveryCount));
        await receiver.CompleteMessageAsync(one);
    }

    [Fact]
    public async Task A_detached_link_leaves_the_others_alone()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeDelivering, BrokerFault.DetachLink);
        await using var client = await RawClient.ConnectAsync(broker);
        var sender = client.Sender("plain");
        var first = client.Receiver("plain");
        first.SetCredit(1);
        await RawClient.SendAsync(sender, RawClient.Message("one"));
        Assert.Equal("amqp:link:detach-forced", await RawClient.ClosedAsync(first));
        var second = client.Receiver("plain");
        second.SetCredit(1);
        Assert.Equal(0u, (await RawClient.ReceiveAsync(second)).Header.DeliveryCount);
    }

    [Fact]
    public async Task A_doubled_transfer_is_stored_twice()
    {
        await using var broker = await StartAsync(BrokerFaultPoint.BeforeAccepting, BrokerFault.Duplicate);
        await using var client = await RawClient.ConnectAsync(broker);
        Assert.Null(await RawClient.SendAsync(client.Sender("plain"), RawClient.Message("one")));
        var receiver = client.Receiver("plain");
        receiver.SetCredit(2);
        Assert.Equal(["one", "one"], [(await RawClient.ReceiveAsync(receiver)).Body, (await RawClient.ReceiveAsync(receiver)).Body]);
    }

    [Fact]
    public async Task A_delayed_acknowledgement_waits_for_its_time()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var faults = new PlannedFaults();
        faults.Plan(BrokerFaultPoint.BeforeAcknowledging, BrokerFault.DelayBy(TimeSpan.FromMinutes(1)));
        await using var broker = await TestBroker.StartAsync(faults: faults, time: time);
        await using var client = await RawClient.ConnectAsync(broker);
        var receiver = client.Receiver("plain");
        receiver.SetCredit(1);
        var sending = RawClient.SendAsync(client.Sender("plain"), RawClient.Message("one"));
        await RawClient.ReceiveAsync(receiver);
        Assert.False(sending.IsCompleted);
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Null(await sending);
    }

    private static Task<EmbeddedBroker> StartAsync(BrokerFaultPoint point, params BrokerFault[] planned)
    {
        var faults = new PlannedFaults();
        faults.Plan(point, planned);
        return TestBroker.StartAsync(faults: faults);
    }
}
