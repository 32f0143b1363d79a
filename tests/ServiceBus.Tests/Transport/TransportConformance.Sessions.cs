using static Vivace.ServiceBus.Tests.Transport.ConformanceQueues;

namespace Vivace.ServiceBus.Tests.Transport;

public abstract partial class TransportConformance
{
    [Fact]
    public async Task A_session_keeps_its_order_apart_from_others()
    {
        await using var sender = client.CreateSender(Sessions);
        for (var n = 0; n < 30; n++)
        {
            await sender.SendMessageAsync(InSession($"s{n % 3}", $"{n}"));
        }

        for (var s = 0; s < 3; s++)
        {
            await using var session = await client.AcceptSessionAsync(Sessions, $"s{s}", new ServiceBusSessionReceiverOptions { PrefetchCount = 4 });
            Assert.Equal($"s{s}", session.SessionId);
            var got = await ReceiveAsync(session, 10);
            Assert.Equal(Enumerable.Range(0, 10).Select(n => $"{(3 * n) + s}"), got.Select(m => m.Body.ToString()));
            await session.CompleteMessagesAsync(got);
        }
    }

    [Fact]
    public async Task A_session_is_held_by_one_and_free_as_soon_as_it_is_let_go()
    {
        await using var other = new ServiceBusClient(fixture.ConnectionString);
        for (var i = 0; i < 20; i++)
        {
            await using var held = await client.AcceptSessionAsync(Sessions, "held");
            Assert.True(held.SessionLockedUntil > DateTimeOffset.UtcNow.AddSeconds(20));
            var refused = await Assert.ThrowsAsync<ServiceBusException>(() => other.AcceptSessionAsync(Sessions, "held"));
            Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, refused.Reason);
        }

        await using var free = await other.AcceptSessionAsync(Sessions, "held");
        Assert.Equal("held", free.SessionId);
    }

    [Fact]
    public async Task The_next_session_is_one_with_messages_that_nobody_holds()
    {
        var waiting = client.AcceptNextSessionAsync(Sessions);
        await using var sender = client.CreateSender(Sessions);
        await sender.SendMessageAsync(InSession("first", "1"));
        await using var first = await waiting.WaitAsync(Soon);
        Assert.Equal("first", first.SessionId);
        await sender.SendMessageAsync(InSession("first", "2"));
        await sender.SendMessageAsync(InSession("second", "3"));
        await using var second = await client.AcceptNextSessionAsync(Sessions).WaitAsync(Soon);
        Assert.Equal("second", second.SessionId);
        await first.CompleteMessagesAsync(await ReceiveAsync(first, 2));
        await second.CompleteMessagesAsync(await ReceiveAsync(second, 1));
    }

    [Fact]
    public async Task Waiting_for_the_next_session_can_be_cancelled_and_takes_none_afterwards()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = client.AcceptNextSessionAsync(Sessions, null, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await using var sender = client.CreateSender(Sessions);
        await sender.SendMessageAsync(InSession("after", "1"));
        await using var session = await client.AcceptNextSessionAsync(Sessions).WaitAsync(Soon);
        Assert.Equal("after", session.SessionId);
        await session.CompleteMessagesAsync(await ReceiveAsync(session, 1));
    }

    [Fact]
    public async Task A_session_s_state_is_kept()
    {
        await using (var session = await client.AcceptSessionAsync(Sessions, "stateful"))
        {
            Assert.Null(await session.GetSessionStateAsync());
            await session.SetSessionStateAsync(BinaryData.FromString("kept"));
        }

        await using (var session = await client.AcceptSessionAsync(Sessions, "stateful"))
        {
            Assert.Equal("kept", (await session.GetSessionStateAsync())!.ToString());
            await session.SetSessionStateAsync(null);
            Assert.Null(await session.GetSessionStateAsync());
        }
    }

    [Fact]
    public async Task A_session_s_lock_ends_unless_it_is_renewed()
    {
        await using var sender = client.CreateSender(ShortSessions);
        await sender.SendMessageAsync(InSession("slow", "1"));
        await using var slow = await client.AcceptSessionAsync(ShortSessions, "slow");
        var got = (await slow.ReceiveMessageAsync(Soon))!;
        var end = slow.SessionLockedUntil + ShortLock;
        while (DateTimeOffset.UtcNow < end)
        {
            await slow.RenewSessionLockAsync();
            await Assert.ThrowsAsync<ServiceBusException>(() => client.AcceptSessionAsync(ShortSessions, "slow"));
        }

        await using var other = await Eventually.GetAsync(() => TryAcceptAsync(ShortSessions, "slow"), s => s is not null);
        var again = (await other!.ReceiveMessageAsync(Soon))!;
        Assert.Equal(("1", 2), (again.Body.ToString(), again.DeliveryCount));
        var lost = await Assert.ThrowsAsync<ServiceBusException>(() => slow.CompleteMessageAsync(got));
        Assert.Equal(ServiceBusFailureReason.SessionLockLost, lost.Reason);
        await Assert.ThrowsAsync<ServiceBusException>(() => slow.ReceiveMessageAsync(Soon));
        Func<Task>[] ofTheHolder = [() => slow.RenewSessionLockAsync(), () => slow.GetSessionStateAsync(), () => slow.SetSessionStateAsync(null)];
        foreach (var use in ofTheHolder)
        {
            Assert.Equal(ServiceBusFailureReason.SessionLockLost, (await Assert.ThrowsAsync<ServiceBusException>(use)).Reason);
        }

        await other.CompleteMessageAsync(again);
    }

    [Fact]
    public async Task A_queue_with_sessions_refuses_a_message_without_one()
    {
        await using var sender = client.CreateSender(Sessions);
        var refused = await Assert.ThrowsAnyAsync<ServiceBusException>(() => sender.SendMessageAsync(new ServiceBusMessage("nowhere")));
        Assert.False(refused.IsTransient);
    }

    [Fact]
    public async Task A_session_of_thousands_of_unsettled_messages_goes_on()
    {
        const int count = 3000;
        await using var sender = client.CreateSender(Sessions);
        await using var session = await client.AcceptSessionAsync(Sessions, "long", new ServiceBusSessionReceiverOptions { PrefetchCount = 64 });
        var receiving = ReceiveAsync(session, count);
        for (var n = 0; n < count; n += 100)
        {
            await sender.SendMessagesAsync(Enumerable.Range(n, 100).Select(i => InSession("long", $"{i}")));
        }

        var got = await receiving;
        Assert.Equal(Enumerable.Range(0, count).Select(n => $"{n}"), got.Select(m => m.Body.ToString()));
        await session.CompleteMessagesAsync(got);
        Assert.Null(await session.PeekMessageAsync());
    }

    private async Task<ServiceBusSessionReceiver?> TryAcceptAsync(string queue, string session)
    {
        try
        {
            return await client.AcceptSessionAsync(queue, session);
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.SessionCannotBeLocked)
        {
            return null;
        }
    }

    private static ServiceBusMessage InSession(string session, string text) => new(text) { SessionId = session };
}
