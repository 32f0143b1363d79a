using static Vivace.ServiceBus.Tests.Transport.ConformanceQueues;

namespace Vivace.ServiceBus.Tests.Transport;

public abstract partial class TransportConformance
{
    [Fact]
    public async Task A_wrong_key_is_refused_with_a_clear_error()
    {
        await using var intruder = new ServiceBusClient(WithKey("d3Jvbmc="));
        await using var sender = intruder.CreateSender(Plain);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => sender.SendMessageAsync(new ServiceBusMessage("x")));
        await using var receiver = intruder.CreateReceiver(Plain);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => receiver.ReceiveMessageAsync(Briefly));
    }

    [Fact]
    public async Task An_unknown_queue_is_not_found()
    {
        await using var sender = client.CreateSender("nowhere");
        var unknown = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("x")));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, unknown.Reason);
        await using var receiver = client.CreateReceiver("nowhere");
        unknown = await Assert.ThrowsAsync<ServiceBusException>(() => receiver.ReceiveMessageAsync(Soon));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, unknown.Reason);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told_and_not_waited_for_forever()
    {
        var options = new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 1 } };
        using var nobody = new ReservedPort();
        await using var lonely = new ServiceBusClient($"Endpoint=sb://127.0.0.1:{nobody.Number};SharedAccessKeyName=a;SharedAccessKey=Yg==;UseDevelopmentEmulator=true", options);
        await using var sender = lonely.CreateSender(Plain);
        var away = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("x")));
        Assert.Equal((ServiceBusFailureReason.ServiceCommunicationProblem, true), (away.Reason, away.IsTransient));
    }

    [Fact]
    public async Task Senders_receivers_and_processors_go_on_after_a_broken_connection()
    {
        await using var sender = client.CreateSender(Plain);
        await using var receiver = client.CreateReceiver(Plain);
        for (var round = 0; round < 5; round++)
        {
            await sender.SendMessageAsync(new ServiceBusMessage($"{round}"));
            var got = (await receiver.ReceiveMessageAsync(Soon))!;
            Assert.Equal($"{round}", got.Body.ToString());
            await receiver.CompleteMessageAsync(got);
            await fixture.BreakConnectionsAsync();
        }
    }

    [Fact]
    public async Task What_failed_while_the_broker_was_away_works_when_it_is_back()
    {
        var options = new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(10) } };
        await using var impatient = new ServiceBusClient(fixture.ConnectionString, options);
        await using var sender = impatient.CreateSender(Plain);
        await using var receiver = impatient.CreateReceiver(Plain);
        await sender.SendMessageAsync(new ServiceBusMessage("before"));
        fixture.IsAway = true;
        await fixture.BreakConnectionsAsync();
        for (var i = 0; i < 3; i++)
        {
            var away = await Assert.ThrowsAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("lost")));
            Assert.True(away.IsTransient);
            await Assert.ThrowsAsync<ServiceBusException>(() => receiver.ReceiveMessageAsync(Soon));
            await Assert.ThrowsAsync<ServiceBusException>(() => impatient.AcceptSessionAsync(Sessions, "s"));
        }

        fixture.IsAway = false;
        await sender.SendMessageAsync(new ServiceBusMessage("after"));
        var got = await ReceiveAsync(receiver, 2);
        Assert.Equal(["before", "after"], got.Select(m => m.Body.ToString()));
        await receiver.CompleteMessagesAsync(got);
        await using var session = await impatient.AcceptSessionAsync(Sessions, "s");
    }

    [Fact]
    public async Task A_session_s_receiver_says_that_its_lock_went_with_the_connection()
    {
        await using var sender = client.CreateSender(Sessions);
        await sender.SendMessageAsync(InSession("broken", "1"));
        await using var session = await client.AcceptSessionAsync(Sessions, "broken");
        var got = (await session.ReceiveMessageAsync(Soon))!;
        var waiting = session.ReceiveMessageAsync(Soon);
        await fixture.BreakConnectionsAsync();
        await Assert.ThrowsAsync<ServiceBusException>(() => waiting);
        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => session.CompleteMessageAsync(got));
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, lost.Reason);

        // The broker notices a moment later than the client.
        await using var again = await Eventually.GetAsync(() => TryAcceptAsync(Sessions, "broken"), s => s is not null);
        var second = (await again!.ReceiveMessageAsync(Soon))!;
        Assert.Equal("1", second.Body.ToString());
        await again.CompleteMessageAsync(second);
    }

    [Fact]
    public async Task Receiving_can_be_cancelled_and_goes_on_afterwards()
    {
        await using var receiver = client.CreateReceiver(Plain);
        using var cancel = new CancellationTokenSource(Briefly);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiver.ReceiveMessageAsync(Soon, cancel.Token));
        await SendAsync(Plain, "after");
        var got = (await receiver.ReceiveMessageAsync(Soon))!;
        Assert.Equal("after", got.Body.ToString());
        await receiver.CompleteMessageAsync(got);
    }

    private string WithKey(string key)
        => string.Join(';', fixture.ConnectionString.Split(';').Select(part => part.StartsWith("SharedAccessKey=", StringComparison.Ordinal) ? $"SharedAccessKey={key}" : part));
}
