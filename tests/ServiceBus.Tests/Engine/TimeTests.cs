using Vivace.ServiceBus.Broker.Engine;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Engine;

public sealed class TimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_scheduled_message_comes_at_its_time()
    {
        using var driver = EngineDriver.Plain();
        var receiver = driver.Receive();
        await driver.SendAsync("later", at: driver.Time.GetUtcNow() + Minute);
        driver.Time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, receiver.Waiting);
        driver.Time.Advance(TimeSpan.FromMilliseconds(1));
        var delivery = await receiver.NextAsync();
        Assert.Equal(driver.Time.GetUtcNow(), delivery.Message.EnqueuedAt);
    }

    [Fact]
    public async Task A_scheduled_message_can_be_taken_back_once()
    {
        using var driver = EngineDriver.Plain();
        var receiver = driver.Receive();
        var number = await driver.SendAsync("never", at: driver.Time.GetUtcNow() + Minute);
        Assert.Equal(QueueFault.None, await CancelAsync(driver, number));
        Assert.Equal(QueueFault.MessageNotFound, await CancelAsync(driver, number));
        driver.Time.Advance(2 * Minute);
        Assert.Equal(0, receiver.Waiting);
        Assert.Empty(driver.Journal.Messages);
    }

    [Fact]
    public async Task A_message_that_a_broken_journal_does_not_let_go_of_is_tried_again_once_a_second()
    {
        using var driver = EngineDriver.Plain(o => o with { DeadLetteringOnMessageExpiration = true });
        await driver.SendAsync("brief", live: Minute);
        driver.Journal.IsBroken = true;
        driver.Time.Advance(Minute);
        await driver.SettledAsync();
        await driver.SettledAsync();
        var tries = driver.Journal.Tries;
        await driver.SettledAsync();
        Assert.Equal(tries, driver.Journal.Tries);
        driver.Journal.IsBroken = false;
        driver.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("brief", await driver.Receive(queue: driver.Dead).NextBodyAsync());
    }

    [Fact]
    public async Task An_expired_message_is_dropped()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("brief", live: Minute);
        await driver.SendAsync("lasting");
        driver.Time.Advance(Minute);
        Assert.Equal("lasting", await driver.Receive().NextBodyAsync());
        await driver.SettledAsync();
        Assert.Single(driver.Journal.Messages);
        Assert.Equal(0, driver.Dead.Count);
    }

    [Fact]
    public async Task An_expired_message_is_dead_lettered_where_that_is_asked_for()
    {
        using var driver = EngineDriver.Plain(o => o with { DeadLetteringOnMessageExpiration = true });
        await driver.SendAsync("brief", live: Minute);
        driver.Time.Advance(Minute);
        var letter = await driver.Receive(queue: driver.Dead).NextAsync();
        Assert.Equal("TTLExpiredException", EncodedMessage.Decode(letter.Encoded).ApplicationProperties["DeadLetterReason"]);
    }

    [Fact]
    public async Task The_queue_limits_how_long_messages_live()
    {
        using var driver = EngineDriver.Plain(o => o with { DefaultMessageTimeToLive = Minute });
        await driver.SendAsync("default");
        await driver.SendAsync("longer", live: 2 * Minute);
        driver.Time.Advance(Minute);
        Assert.Equal(0, driver.Queue.Count);
    }

    [Fact]
    public async Task A_locked_message_expires_when_it_comes_back()
    {
        using var driver = EngineDriver.Plain();
        await driver.SendAsync("brief", live: TimeSpan.FromSeconds(20));
        await driver.SendAsync("settled in time", live: TimeSpan.FromSeconds(20));
        var receiver = driver.Receive(2);
        await receiver.NextAsync();
        var second = await receiver.NextAsync();
        driver.Time.Advance(TimeSpan.FromSeconds(25));
        await driver.CompleteAsync(second);
        driver.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, driver.Queue.Count);
    }

    [Fact]
    public async Task A_known_id_is_dropped_until_its_window_has_passed()
    {
        using var driver = EngineDriver.Plain(o => o with { RequiresDuplicateDetection = true, DuplicateDetectionWindow = Minute });
        await driver.SendAsync("one", id: "a");
        Assert.Equal(0, (await driver.TrySendAsync("two", id: "a")).SequenceNumbers[0]);
        Assert.Equal(1, driver.Queue.Count);
        driver.Time.Advance(Minute + TimeSpan.FromSeconds(1));
        await driver.SettledAsync();
        Assert.Equal(0, driver.Journal.DuplicateIdCount);
        await driver.SendAsync("three", id: "a");
        Assert.Equal(2, driver.Queue.Count);
    }

    private static Task<QueueFault> CancelAsync(EngineDriver driver, long number)
    {
        var done = new TaskCompletionSource<QueueFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        driver.Queue.CancelScheduled([number], done.SetResult);
        return done.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
