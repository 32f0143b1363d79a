using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Engine;

public sealed class SessionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_message_without_a_session_is_refused()
    {
        using var driver = EngineDriver.Sessions();
        Assert.Equal(QueueFault.SessionRequired, (await driver.TrySendAsync("homeless")).Fault);
    }

    [Fact]
    public void Only_its_holder_can_keep_a_session_or_see_its_state()
    {
        using var driver = EngineDriver.Sessions();
        var (_, before) = driver.Accept("a");
        driver.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(before.HasLostItsSession);
        var (_, holder) = driver.Accept("a");
        Assert.Null(driver.Queue.RenewSessionLock("a", before.Name));
        Assert.NotNull(driver.Queue.RenewSessionLock("a", holder.Name));
        Assert.Equal(QueueFault.SessionLockLost, driver.Queue.GetSessionState("a", before.Name).Fault);
        Assert.Equal(QueueFault.None, driver.Queue.GetSessionState("a", holder.Name).Fault);
        var told = QueueFault.None;
        driver.Queue.SetSessionState("a", before.Name, new byte[] { 1 }, fault => told = fault);
        Assert.Equal(QueueFault.SessionLockLost, told);
    }

    [Fact]
    public async Task A_session_is_delivered_in_order_to_its_one_holder()
    {
        using var driver = EngineDriver.Sessions();
        var (outcome, receiver) = driver.Accept("a");
        Assert.Equal(AcceptOutcome.Accepted, outcome);
        Assert.Equal(AcceptOutcome.CannotBeLocked, driver.Accept("a").Outcome);
        receiver.AddCredit(10);
        for (var i = 0; i < 3; i++)
        {
            await driver.SendAsync($"a{i}", "a");
            await driver.SendAsync($"b{i}", "b");
        }

        Assert.Equal(["a0", "a1", "a2"], [await receiver.NextBodyAsync(), await receiver.NextBodyAsync(), await receiver.NextBodyAsync()]);
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task The_next_session_goes_to_who_has_waited_longest()
    {
        using var driver = EngineDriver.Sessions();
        var (first, one) = driver.AcceptNext(Minute);
        var (second, two) = driver.AcceptNext(Minute);
        await driver.SendAsync("1", "a");
        Assert.Equal(AcceptOutcome.Accepted, await first);
        await driver.SendAsync("2", "a");
        Assert.False(second.IsCompleted);
        await driver.SendAsync("3", "b");
        Assert.Equal(AcceptOutcome.Accepted, await second);
        Assert.Equal(("a", "b"), (one.Receiver.Session!.Id, two.Receiver.Session!.Id));
    }

    [Fact]
    public async Task Waiting_for_a_session_ends_in_time()
    {
        using var driver = EngineDriver.Sessions();
        var (outcome, _) = driver.AcceptNext(Minute);
        driver.Time.Advance(Minute);
        Assert.Equal(AcceptOutcome.TimedOut, await outcome);
        await driver.SendAsync("1", "a");
        Assert.Equal(AcceptOutcome.Accepted, await driver.AcceptNext(Minute).Outcome);
    }

    [Fact]
    public async Task A_receiver_that_stopped_waiting_gets_no_session()
    {
        using var driver = EngineDriver.Sessions();
        var receiver = new ReceiverDriver(driver.Queue, ReceiveMode.PeekLock);
        var waiter = driver.Queue.AcceptNext(receiver.Receiver, Minute, _ => Assert.Fail("It was told."));
        driver.Queue.StopWaiting(waiter);
        await driver.SendAsync("1", "a");
        Assert.Equal(AcceptOutcome.Accepted, await driver.AcceptNext(Minute).Outcome);
    }

    [Fact]
    public async Task A_closed_receiver_frees_its_session_at_once_and_what_it_had_comes_uncounted()
    {
        using var driver = EngineDriver.Sessions();
        await driver.SendAsync("1", "a");
        await driver.SendAsync("2", "a");
        var (_, first) = driver.Accept("a");
        first.AddCredit(2);
        var lost = await first.NextAsync();
        var (outcome, second) = driver.AcceptNext(Minute);
        first.Close();
        Assert.Equal(AcceptOutcome.Accepted, await outcome);
        second.AddCredit(2);
        var delivery = await second.NextAsync();
        Assert.Equal(("1", 1), (EncodedMessage.Body(delivery.Encoded), delivery.Count));
        Assert.Equal(QueueFault.SessionLockLost, await driver.SettleAsync(lost, SettlementKind.Complete));
    }

    [Fact]
    public async Task An_expired_session_lock_counts_and_its_holder_is_told()
    {
        using var driver = EngineDriver.Sessions();
        await driver.SendAsync("1", "a");
        var (_, first) = driver.Accept("a");
        first.AddCredit(1);
        var lost = await first.NextAsync();
        driver.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(first.HasLostItsSession);
        Assert.Equal(QueueFault.SessionLockLost, await driver.SettleAsync(lost, SettlementKind.Complete));
        var (_, second) = driver.Accept("a");
        second.AddCredit(1);
        Assert.Equal(2, (await second.NextAsync()).Count);
    }

    [Fact]
    public void A_session_lock_can_be_renewed_while_it_is_held()
    {
        using var driver = EngineDriver.Sessions();
        Assert.Null(driver.Queue.RenewSessionLock("a", null));
        var (_, receiver) = driver.Accept("a");
        driver.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(driver.Time.GetUtcNow().AddSeconds(30), driver.Queue.RenewSessionLock("a", null));
        driver.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(receiver.HasLostItsSession);
    }

    [Fact]
    public async Task Finished_sessions_leave_nothing_behind()
    {
        using var driver = EngineDriver.Sessions();
        for (var i = 0; i < 100; i++)
        {
            await driver.SendAsync("only", $"s{i}");
            var (_, receiver) = driver.Accept($"s{i}");
            receiver.AddCredit(1);
            await driver.CompleteAsync(await receiver.NextAsync());
            receiver.Close();
        }

        Assert.Equal(0, driver.Queue.SessionCount);
        Assert.Empty(driver.Journal.Messages);
    }

    [Fact]
    public async Task A_state_is_kept_until_it_is_taken_away()
    {
        using var driver = EngineDriver.Sessions();
        Assert.Equal(QueueFault.SessionLockLost, await SetStateAsync(driver, [1]));
        var (_, receiver) = driver.Accept("a");
        Assert.Equal(QueueFault.None, await SetStateAsync(driver, [1]));
        receiver.Close();
        using var later = await driver.RestartAsync();
        later.Accept("a");
        Assert.Equal([1], later.Queue.GetSessionState("a", null).State!.Value.ToArray());
        Assert.Equal(QueueFault.None, await SetStateAsync(later, null));
        Assert.Null(later.Queue.GetSessionState("a", null).State);
    }

    [Fact]
    public async Task A_deferred_message_stays_in_its_session()
    {
        using var driver = EngineDriver.Sessions();
        var number = await driver.SendAsync("1", "a");
        var (_, receiver) = driver.Accept("a");
        receiver.AddCredit(1);
        await driver.SettleAsync(await receiver.NextAsync(), SettlementKind.Defer);
        driver.Accept("b");
        Assert.Equal(QueueFault.MessageNotFound, driver.Queue.ReceiveDeferred([number], ReceiveMode.PeekLock, "b").Fault);
        var (_, deliveries) = driver.Queue.ReceiveDeferred([number], ReceiveMode.PeekLock, "a");
        await driver.CompleteAsync(deliveries[0]);
    }

    private static Task<QueueFault> SetStateAsync(EngineDriver driver, byte[]? state)
    {
        var done = new TaskCompletionSource<QueueFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        driver.Queue.SetSessionState("a", null, state is null ? default(ReadOnlyMemory<byte>?) : state, done.SetResult);
        return done.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
