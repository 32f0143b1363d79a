using static Vivace.ServiceBus.Tests.Transport.ConformanceQueues;

namespace Vivace.ServiceBus.Tests.Transport;

/// <summary>What every broker that Vivace runs on does, as the client sees it.</summary>
public abstract partial class TransportConformance : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(50);

    private IBusFixture fixture = null!;
    private ServiceBusClient client = null!;

    public async Task InitializeAsync()
    {
        fixture = await OpenAsync();
        client = new ServiceBusClient(fixture.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await client.DisposeAsync();
        await fixture.DisposeAsync();
    }

    protected abstract Task<IBusFixture> OpenAsync();

    [Fact]
    public async Task Every_property_of_a_message_arrives()
    {
        await using var sender = client.CreateSender(Plain);
        var sent = new ServiceBusMessage("héllo ✓")
        {
            MessageId = "m-1",
            CorrelationId = "c-1",
            Subject = "subject",
            To = "to",
            ReplyTo = "reply",
            ReplyToSessionId = "rs",
            ContentType = "text/plain",
            PartitionKey = "p",
            TimeToLive = TimeSpan.FromMinutes(5),
        };
        var id = Guid.NewGuid();
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        sent.ApplicationProperties["text"] = "x";
        sent.ApplicationProperties["number"] = 42L;
        sent.ApplicationProperties["flag"] = true;
        sent.ApplicationProperties["id"] = id;
        sent.ApplicationProperties["at"] = at;
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await sender.SendMessageAsync(sent);

        await using var receiver = client.CreateReceiver(Plain);
        var got = (await receiver.ReceiveMessageAsync(Soon))!;
        Assert.Equal("héllo ✓", got.Body.ToString());
        Assert.Equal(
            ("m-1", "c-1", "subject", "to", "reply", "rs", "text/plain", "p"),
            (got.MessageId, got.CorrelationId, got.Subject, got.To, got.ReplyTo, got.ReplyToSessionId, got.ContentType, got.PartitionKey));
        Assert.Equal(TimeSpan.FromMinutes(5), got.TimeToLive);
        Assert.Equal(("x", 42L, true, id), (got.ApplicationProperties["text"], got.ApplicationProperties["number"], got.ApplicationProperties["flag"], got.ApplicationProperties["id"]));
        Assert.Equal(at.UtcDateTime, ((DateTime)got.ApplicationProperties["at"]).ToUniversalTime());
        Assert.Equal(1, got.DeliveryCount);
        Assert.True(got.SequenceNumber > 0);
        Assert.InRange(got.EnqueuedTime, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.InRange(got.LockedUntil, before.AddSeconds(50), DateTimeOffset.UtcNow.AddSeconds(70));
        await receiver.CompleteMessageAsync(got);
    }

    [Fact]
    public async Task A_batch_arrives_in_order_and_completed_messages_are_gone()
    {
        await using var sender = client.CreateSender(Plain);
        await sender.SendMessagesAsync(Enumerable.Range(0, 100).Select(n => new ServiceBusMessage($"{n}")));
        await using var receiver = client.CreateReceiver(Plain, new ServiceBusReceiverOptions { PrefetchCount = 20 });
        var got = await ReceiveAsync(receiver, 100);
        Assert.Equal(Enumerable.Range(0, 100).Select(n => $"{n}"), got.Select(m => m.Body.ToString()));
        await receiver.CompleteMessagesAsync(got);
        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
        Assert.Null(await receiver.PeekMessageAsync());
    }

    [Fact]
    public async Task An_abandoned_message_comes_again_and_counts_its_deliveries()
    {
        await SendAsync(Plain, "again");
        await using var receiver = client.CreateReceiver(Plain);
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            var got = (await receiver.ReceiveMessageAsync(Soon))!;
            Assert.Equal(delivery, got.DeliveryCount);
            await receiver.AbandonMessageAsync(got);
        }
    }

    [Fact]
    public async Task A_message_given_up_too_often_is_dead_lettered_with_the_reason()
    {
        await SendAsync(Dying, "doomed");
        await using var receiver = client.CreateReceiver(Dying);
        for (var delivery = 1; delivery <= 2; delivery++)
        {
            await receiver.AbandonMessageAsync((await receiver.ReceiveMessageAsync(Soon))!);
        }

        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
        await using var dead = client.CreateReceiver(Dying, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var got = (await dead.ReceiveMessageAsync(Soon))!;
        Assert.Equal(("doomed", "MaxDeliveryCountExceeded"), (got.Body.ToString(), got.DeadLetterReason));
        await dead.CompleteMessageAsync(got);
        Assert.Null(await dead.ReceiveMessageAsync(Briefly));
    }

    [Fact]
    public async Task A_dead_lettered_message_carries_reason_and_description()
    {
        await SendAsync(Plain, "bad");
        await using var receiver = client.CreateReceiver(Plain);
        await receiver.DeadLetterMessageAsync((await receiver.ReceiveMessageAsync(Soon))!, "unreadable", "not JSON");
        await using var dead = client.CreateReceiver(Plain, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var got = (await dead.ReceiveMessageAsync(Soon))!;
        Assert.Equal(("bad", "unreadable", "not JSON"), (got.Body.ToString(), got.DeadLetterReason, got.DeadLetterErrorDescription));
        await dead.CompleteMessageAsync(got);
    }

    [Fact]
    public async Task A_deferred_message_comes_by_its_number_only()
    {
        await SendAsync(Plain, "later");
        await using var receiver = client.CreateReceiver(Plain);
        var got = (await receiver.ReceiveMessageAsync(Soon))!;
        await receiver.DeferMessageAsync(got);
        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
        Assert.Equal(ServiceBusMessageState.Deferred, (await receiver.PeekMessageAsync(got.SequenceNumber))!.State);
        var deferred = await receiver.ReceiveDeferredMessageAsync(got.SequenceNumber);
        Assert.Equal("later", deferred.Body.ToString());
        await receiver.CompleteMessageAsync(deferred);
        var gone = await Assert.ThrowsAsync<ServiceBusException>(() => receiver.ReceiveDeferredMessageAsync(got.SequenceNumber));
        Assert.Equal(ServiceBusFailureReason.MessageNotFound, gone.Reason);
    }

    [Fact]
    public async Task A_lock_that_ends_gives_the_message_to_others_and_settling_it_late_fails()
    {
        await SendAsync(Short, "slow");
        await using var slow = client.CreateReceiver(Short);
        var late = (await slow.ReceiveMessageAsync(Soon))!;
        await using var other = client.CreateReceiver(Short);
        var again = (await other.ReceiveMessageAsync(Soon))!;
        Assert.Equal(("slow", 2), (again.Body.ToString(), again.DeliveryCount));
        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => slow.CompleteMessageAsync(late));
        Assert.Equal(ServiceBusFailureReason.MessageLockLost, lost.Reason);
        await other.CompleteMessageAsync(again);
    }

    [Fact]
    public async Task A_renewed_lock_holds()
    {
        await SendAsync(Short, "kept");
        await using var receiver = client.CreateReceiver(Short);
        var got = (await receiver.ReceiveMessageAsync(Soon))!;
        var first = got.LockedUntil;
        while (DateTimeOffset.UtcNow < first + ShortLock)
        {
            await receiver.RenewMessageLockAsync(got);
            await using var other = client.CreateReceiver(Short);
            Assert.Null(await other.ReceiveMessageAsync(Briefly));
        }

        Assert.True(got.LockedUntil > first);
        await receiver.CompleteMessageAsync(got);
    }

    [Fact]
    public async Task A_closed_receiver_gives_its_messages_back_uncounted()
    {
        await SendAsync(Plain, "one", "two", "three");
        await using (var first = client.CreateReceiver(Plain, new ServiceBusReceiverOptions { PrefetchCount = 10 }))
        {
            Assert.NotNull(await first.ReceiveMessageAsync(Soon));
        }

        await using var second = client.CreateReceiver(Plain, new ServiceBusReceiverOptions { PrefetchCount = 10 });
        var got = await ReceiveAsync(second, 3);
        Assert.Equal(["one", "two", "three"], got.Select(m => m.Body.ToString()));
        Assert.All(got, m => Assert.Equal(1, m.DeliveryCount));
        await second.CompleteMessagesAsync(got);
    }

    [Fact]
    public async Task A_message_can_be_peeked_at_while_another_holds_it()
    {
        await SendAsync(Plain, "seen");
        await using var receiver = client.CreateReceiver(Plain);
        var got = (await receiver.ReceiveMessageAsync(Soon))!;
        var seen = (await receiver.PeekMessageAsync())!;
        Assert.Equal(("seen", got.SequenceNumber), (seen.Body.ToString(), seen.SequenceNumber));
        await receiver.CompleteMessageAsync(got);
    }

    [Fact]
    public async Task A_scheduled_message_comes_when_it_is_due_and_a_cancelled_one_never()
    {
        await using var sender = client.CreateSender(Plain);
        await using var receiver = client.CreateReceiver(Plain);
        var cancelled = await sender.ScheduleMessageAsync(new ServiceBusMessage("never"), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(ServiceBusMessageState.Scheduled, (await receiver.PeekMessageAsync())!.State);
        await sender.CancelScheduledMessageAsync(cancelled);
        Assert.Null(await receiver.PeekMessageAsync(0));
        var due = DateTimeOffset.UtcNow.AddMilliseconds(300);
        await sender.ScheduleMessageAsync(new ServiceBusMessage("later"), due);
        await sender.SendMessageAsync(new ServiceBusMessage("later still") { ScheduledEnqueueTime = due.AddMilliseconds(100) });
        var got = await ReceiveAsync(receiver, 2);
        Assert.True(DateTimeOffset.UtcNow >= due);
        Assert.Equal(["later", "later still"], got.Select(m => m.Body.ToString()));
        await receiver.CompleteMessagesAsync(got);
        Assert.Null(await receiver.PeekMessageAsync());
    }

    [Fact]
    public async Task A_message_that_outlives_its_time_is_dead_lettered_where_the_queue_says_so_and_else_dropped()
    {
        await SendAsync(Brief, "too late");
        await using var dead = client.CreateReceiver(Brief, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var got = (await dead.ReceiveMessageAsync(Soon))!;
        Assert.Equal(("too late", "TTLExpiredException"), (got.Body.ToString(), got.DeadLetterReason));
        await dead.CompleteMessageAsync(got);

        await using var sender = client.CreateSender(Plain);
        await sender.SendMessageAsync(new ServiceBusMessage("gone") { TimeToLive = TimeSpan.FromMilliseconds(50) });
        await using var receiver = client.CreateReceiver(Plain);
        await Eventually.GetAsync(() => receiver.PeekMessageAsync(), m => m is null);
        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
    }

    [Fact]
    public async Task A_message_whose_id_was_used_is_taken_and_dropped()
    {
        await using var sender = client.CreateSender(Duplicates);
        for (var i = 0; i < 3; i++)
        {
            await sender.SendMessageAsync(new ServiceBusMessage($"{i}") { MessageId = "same" });
        }

        await sender.SendMessageAsync(new ServiceBusMessage("other") { MessageId = "other" });
        await using var receiver = client.CreateReceiver(Duplicates);
        var got = await ReceiveAsync(receiver, 2);
        Assert.Equal(["0", "other"], got.Select(m => m.Body.ToString()));
        await receiver.CompleteMessagesAsync(got);
        await sender.SendMessageAsync(new ServiceBusMessage("4") { MessageId = "same" });
        Assert.Null(await receiver.ReceiveMessageAsync(Briefly));
    }

    [Fact]
    public async Task Receive_and_delete_needs_no_settlement()
    {
        await SendAsync(Plain, "once");
        await using var receiver = client.CreateReceiver(Plain, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        var message = (await receiver.ReceiveMessageAsync(Soon))!;
        Assert.Equal(("once", 1), (message.Body.ToString(), message.DeliveryCount));
        await Eventually.GetAsync(() => receiver.PeekMessageAsync(), m => m is null);
    }

    private async Task SendAsync(string queue, params string[] texts)
    {
        await using var sender = client.CreateSender(queue);
        foreach (var text in texts)
        {
            await sender.SendMessageAsync(new ServiceBusMessage(text));
        }
    }

    private static async Task<List<ServiceBusReceivedMessage>> ReceiveAsync(ServiceBusReceiver receiver, int count)
    {
        var got = new List<ServiceBusReceivedMessage>();
        while (got.Count < count)
        {
            var more = await receiver.ReceiveMessagesAsync(count - got.Count, Soon);
            Assert.NotEmpty(more);
            got.AddRange(more);
        }

        return got;
    }
}
