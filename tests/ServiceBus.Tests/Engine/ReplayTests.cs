using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Engine;

public sealed class ReplayTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Everything_that_was_acknowledged_is_there_after_a_restart()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("completed");
        await driver.SendAsync("deferred");
        await driver.SendAsync("dead");
        await driver.SendAsync("waiting");
        await driver.SendAsync("later", at: driver.Time.GetUtcNow() + Minute);
        var receiver = driver.Receive(3);
        await driver.CompleteAsync(await receiver.NextAsync());
        var deferred = await receiver.NextAsync();
        await driver.SettleAsync(deferred, SettlementKind.Defer);
        await driver.SettleAsync(await receiver.NextAsync(), SettlementKind.DeadLetter);

        using var later = await driver.RestartAsync();
        var again = later.Receive(5);
        var waiting = await again.NextAsync();
        Assert.Equal("waiting", EncodedMessage.Body(waiting.Encoded));
        Assert.Equal(0, again.Waiting);
        await later.CompleteAsync(waiting);
        Assert.Single(later.Queue.ReceiveDeferred([deferred.Message.SequenceNumber], ReceiveMode.PeekLock, null).Deliveries);
        Assert.Equal("dead", await later.Receive(queue: later.Dead).NextBodyAsync());
        later.Time.Advance(Minute);
        Assert.Equal("later", await again.NextBodyAsync());
    }

    [Fact]
    public async Task A_delivery_that_a_crash_cut_short_counts()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("one");
        await driver.Receive().NextAsync();
        using var later = await driver.RestartAsync();
        Assert.Equal(2, (await later.Receive().NextAsync()).Count);
    }

    [Fact]
    public async Task A_message_that_crashes_its_handler_is_dead_lettered_in_the_end()
    {
        var driver = EngineDriver.Plain();
        await driver.SendAsync("poison");
        for (var i = 0; i < 3; i++)
        {
            await driver.Receive().NextAsync();
            driver = await driver.RestartAsync();
        }

        Assert.Equal("poison", await driver.Receive(queue: driver.Dead).NextBodyAsync());
        driver.Dispose();
    }

    [Fact]
    public async Task Numbers_are_never_given_twice_and_ids_stay_known()
    {
        using var driver = EngineDriver.Plain(o => o with { RequiresDuplicateDetection = true });
        var number = await driver.SendAsync("one", id: "a");
        await driver.CompleteAsync(await driver.Receive().NextAsync());
        using var later = await driver.RestartAsync();
        Assert.Equal(0, (await later.TrySendAsync("two", id: "a")).SequenceNumbers[0]);
        Assert.True(await later.SendAsync("three", id: "b") > number);
    }

    [Fact]
    public async Task Sessions_go_on_in_order_after_a_restart()
    {
        using var driver = EngineDriver.Sessions();
        await driver.SendAsync("1", "a");
        await driver.SendAsync("2", "a");
        using var later = await driver.RestartAsync();
        var (outcome, receiver) = later.AcceptNext(Minute);
        Assert.Equal(AcceptOutcome.Accepted, await outcome);
        receiver.AddCredit(2);
        Assert.Equal(["1", "2"], [await receiver.NextBodyAsync(), await receiver.NextBodyAsync()]);
    }

    [Fact]
    public async Task What_expired_while_nobody_ran_is_gone()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("brief", live: Minute);
        await driver.SettledAsync();
        driver.Dispose();
        driver.Time.Advance(2 * Minute);
        using var later = new EngineDriver(driver.Queue.Options, driver.Journal, driver.Time);
        Assert.Equal(0, later.Queue.Count);
    }
}
