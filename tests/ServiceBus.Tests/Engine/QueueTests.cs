using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Engine;

public sealed class QueueTests
{
    [Fact]
    public async Task A_message_is_offered_once_and_is_gone_when_completed()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        var receiver = driver.Receive(5);
        var delivery = await receiver.NextAsync();
        Assert.Equal(1, delivery.Count);
        await driver.CompleteAsync(delivery);
        Assert.Equal(0, receiver.Waiting);
        Assert.Equal(0, driver.Queue.Count);
        Assert.Empty(driver.Journal.Messages);
    }

    [Fact]
    public async Task A_message_is_neither_acknowledged_nor_offered_before_it_is_durable()
    {
        using var driver = EngineDriver.Plain();
        driver.Journal.Hold();
        var receiver = driver.Receive();
        var sending = driver.TrySendAsync("one");
        Assert.Equal(0, driver.Queue.Count);
        Assert.False(sending.IsCompleted);
        driver.Journal.Release();
        Assert.Equal("one", await receiver.NextBodyAsync());
        Assert.Equal(QueueFault.None, (await sending).Fault);
    }

    [Fact]
    public async Task A_broken_journal_refuses_a_message_and_does_not_remember_its_id()
    {
        using var driver = EngineDriver.Plain(o => o with { RequiresDuplicateDetection = true });
        driver.Journal.IsBroken = true;
        Assert.Equal(QueueFault.Unavailable, (await driver.TrySendAsync("one", id: "a")).Fault);
        driver.Journal.IsBroken = false;
        await driver.SendAsync("two", id: "a");
        Assert.Equal("two", await driver.Receive().NextBodyAsync());
    }

    [Fact]
    public async Task A_message_sent_again_is_not_acknowledged_for_a_first_that_the_journal_did_not_take()
    {
        using var driver = EngineDriver.Plain(o => o with { RequiresDuplicateDetection = true });
        driver.Journal.Hold();
        var first = driver.TrySendAsync("one", id: "a");
        await Eventually.TrueAsync(() => driver.Journal.IsHolding);
        var second = driver.TrySendAsync("one", id: "a");
        driver.Journal.IsBroken = true;
        driver.Journal.Release();
        Assert.Equal([QueueFault.Unavailable, QueueFault.Unavailable], [(await first).Fault, (await second).Fault]);
    }

    [Fact]
    public async Task A_broken_journal_refuses_a_settlement_and_the_message_comes_back()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        var receiver = driver.Receive(2);
        var delivery = await receiver.NextAsync();
        driver.Journal.IsBroken = true;
        Assert.Equal(QueueFault.Unavailable, await driver.SettleAsync(delivery, SettlementKind.Complete));
        driver.Journal.IsBroken = false;
        driver.Time.Advance(TimeSpan.FromSeconds(1));
        await driver.CompleteAsync(await receiver.NextAsync());
    }

    [Fact]
    public async Task An_abandoned_message_comes_back_first_and_counts()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        await driver.SendAsync("two");
        var receiver = driver.Receive();
        await driver.SettleAsync(await receiver.NextAsync(), SettlementKind.Abandon);
        receiver.AddCredit(1);
        var again = await receiver.NextAsync();
        Assert.Equal(("one", 2), (EncodedMessage.Body(again.Encoded), again.Count));
    }

    [Fact]
    public async Task A_closed_receiver_gives_back_what_it_has_not_settled_without_counting()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        await driver.SendAsync("two");
        var first = driver.Receive(5);
        var lost = await first.NextAsync();
        first.Close();
        var second = driver.Receive(5);
        var delivery = await second.NextAsync();
        Assert.Equal(("one", 1), (EncodedMessage.Body(delivery.Encoded), delivery.Count));
        Assert.Equal("two", await second.NextBodyAsync());
        Assert.Equal(QueueFault.MessageLockLost, await driver.SettleAsync(lost, SettlementKind.Complete));
        await driver.SendAsync("three");
        Assert.Equal(1, first.Waiting);
        Assert.Equal("three", await second.NextBodyAsync());
    }

    [Fact]
    public async Task A_lock_expires_counts_and_a_late_complete_fails()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        var receiver = driver.Receive(2);
        var first = await receiver.NextAsync();
        driver.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, receiver.Waiting);
        driver.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await receiver.NextAsync();
        Assert.Equal(2, second.Count);
        Assert.Equal(QueueFault.MessageLockLost, await driver.SettleAsync(first, SettlementKind.Complete));
        await driver.CompleteAsync(second);
    }

    [Fact]
    public async Task A_renewed_lock_lasts_longer()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        var receiver = driver.Receive(2);
        var delivery = await receiver.NextAsync();
        driver.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(driver.Time.GetUtcNow().AddSeconds(30), driver.Queue.RenewLock(delivery.LockToken));
        driver.Time.Advance(TimeSpan.FromSeconds(20));
        await driver.CompleteAsync(delivery);
        Assert.Null(driver.Queue.RenewLock(delivery.LockToken));
    }

    [Fact]
    public async Task A_message_that_comes_back_too_often_is_dead_lettered_with_the_reason()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("poison");
        var receiver = driver.Receive(10);
        for (var i = 0; i < 3; i++)
        {
            await driver.SettleAsync(await receiver.NextAsync(), SettlementKind.Abandon);
        }

        var letter = await driver.Receive(queue: driver.Dead).NextAsync();
        Assert.Equal("MaxDeliveryCountExceeded", EncodedMessage.Decode(letter.Encoded).ApplicationProperties["DeadLetterReason"]);
        Assert.Equal(0, driver.Queue.Count);
        await driver.CompleteAsync(letter, driver.Dead);
        Assert.Empty(driver.Journal.Messages);
    }

    [Fact]
    public async Task A_deferred_message_is_had_by_its_number_only()
    {
        using var driver = EngineDriver.Plain();
        var number = await driver.SendAsync("one");
        var receiver = driver.Receive(2);
        await driver.SettleAsync(await receiver.NextAsync(), SettlementKind.Defer);
        Assert.Equal(0, receiver.Waiting);
        Assert.Equal(QueueFault.MessageNotFound, driver.Queue.ReceiveDeferred([number + 1], ReceiveMode.PeekLock, null).Fault);
        var (_, deliveries) = driver.Queue.ReceiveDeferred([number], ReceiveMode.PeekLock, null);
        driver.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(QueueFault.MessageLockLost, await driver.SettleAsync(deliveries[0], SettlementKind.Complete));
        (_, deliveries) = driver.Queue.ReceiveDeferred([number], ReceiveMode.PeekLock, null);
        await driver.CompleteAsync(deliveries[0]);
        Assert.Equal(0, driver.Queue.Count);
    }

    [Fact]
    public async Task Credit_is_the_most_that_is_delivered_and_a_drain_voids_the_rest()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        await driver.SendAsync("two");
        var receiver = driver.Receive(1);
        await receiver.NextAsync();
        Assert.Equal(0, receiver.Waiting);
        receiver.AddCredit(5, drain: true);
        await receiver.NextAsync();
        Assert.Equal([4], receiver.Drains);
        await driver.SendAsync("three");
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task Receivers_take_turns()
    {
        using var driver = EngineDriver.Plain();
        var first = driver.Receive(10);
        var second = driver.Receive(10);
        for (var i = 0; i < 10; i++)
        {
            await driver.SendAsync($"{i}");
        }

        Assert.Equal((5, 5), (first.Waiting, second.Waiting));
    }

    [Fact]
    public async Task A_message_that_is_received_and_deleted_is_gone()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        Assert.Equal("one", await driver.Receive(mode: ReceiveMode.ReceiveAndDelete).NextBodyAsync());
        await driver.SettledAsync();
        Assert.Empty(driver.Journal.Messages);
    }

    [Fact]
    public async Task Peeking_locks_nothing()
    {
        using var driver = EngineDriver.Plain();
        for (var i = 1; i <= 5; i++)
        {
            await driver.SendAsync($"{i}");
        }

        await driver.Receive().NextAsync();
        Assert.Equal(["1", "2", "3"], driver.Queue.Peek(0, 3, null).Select(p => EncodedMessage.Body(p.Encoded)));
        Assert.Equal(["4", "5"], driver.Queue.Peek(4, 3, null).Select(p => EncodedMessage.Body(p.Encoded)));
        Assert.Empty(driver.Queue.Peek(6, 3, null));
    }
}
