using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.JavaScript;

public sealed class JavaScriptClientTests
{
    [NodeFact]
    public Task A_message_is_sent_received_and_completed() => RunAsync("sendAndComplete");

    [NodeFact]
    public Task A_batch_arrives_in_order() => RunAsync("sendBatch");

    [NodeFact]
    public Task Messages_are_received_and_deleted() => RunAsync("receiveAndDelete");

    [NodeFact]
    public Task A_message_of_several_frames_arrives_whole() => RunAsync("largeMessage");

    [NodeFact]
    public Task An_abandoned_message_comes_back_and_counts() => RunAsync("abandon");

    [NodeFact]
    public Task A_deferred_message_is_received_by_its_number() => RunAsync("defer");

    [NodeFact]
    public Task A_dead_letter_can_be_peeked_received_and_completed() => RunAsync("deadLetter");

    [NodeFact]
    public Task A_message_that_comes_back_too_often_is_dead_lettered() => RunAsync("maxDeliveryCount");

    [NodeFact]
    public Task A_scheduled_message_waits_and_can_be_cancelled() => RunAsync("scheduleAndCancel");

    [NodeFact]
    public Task Messages_are_peeked_page_by_page() => RunAsync("peek");

    [NodeFact]
    public Task A_lock_can_be_renewed() => RunAsync("renewLock");

    [NodeFact]
    public Task A_late_complete_fails_when_the_lock_has_expired() => RunAsync("lockExpiry");

    [NodeFact]
    public Task Expired_messages_are_dropped_or_dead_lettered() => RunAsync("timeToLive");

    [NodeFact]
    public Task A_message_with_a_known_id_is_dropped() => RunAsync("duplicateDetection");

    [NodeFact]
    public Task A_subscription_gets_every_message() => RunAsync("subscribe");

    [NodeFact]
    public Task Receiving_from_an_empty_queue_ends_in_time() => RunAsync("emptyReceive");

    [NodeFact]
    public Task A_closed_receiver_gives_its_messages_back_uncounted() => RunAsync("closedReceiver");

    [NodeFact]
    public Task An_unknown_queue_is_not_found() => RunAsync("unknownQueue");

    [NodeFact]
    public Task A_session_is_received_by_its_name() => RunAsync("sessionByName");

    [NodeFact]
    public Task The_next_session_is_waited_for() => RunAsync("nextSession");

    [NodeFact]
    public Task Waiting_for_a_session_ends_in_time() => RunAsync("noNextSession");

    [NodeFact]
    public Task A_session_has_one_holder_and_is_free_when_it_closes() => RunAsync("exclusiveSession");

    [NodeFact]
    public Task A_session_keeps_its_state() => RunAsync("sessionState");

    [NodeFact]
    public Task A_session_is_delivered_in_order() => RunAsync("sessionOrder");

    [NodeFact]
    public Task An_expired_session_lock_frees_the_session() => RunAsync("sessionLockExpiry");

    [NodeFact]
    public Task A_session_lock_can_be_renewed() => RunAsync("renewSessionLock");

    [NodeFact]
    public Task Peeking_and_deferring_stay_within_the_session() => RunAsync("sessionPeekAndDefer");

    [NodeFact]
    public Task A_session_queue_refuses_what_has_no_session() => RunAsync("sessionRequired");

    [NodeFact]
    public Task Two_hundred_of_two_hundred_connections_succeed() => RunAsync("manyConnections");

    [NodeFact]
    public Task A_wrong_key_is_refused() => RunAsync("wrongKey");

    [NodeFact]
    public async Task A_client_whose_connection_is_dropped_comes_back_and_nothing_is_doubled()
    {
        var faults = new PlannedFaults();
        faults.Plan(BrokerFaultPoint.BeforeAcknowledging, BrokerFault.None, BrokerFault.DropConnection);
        await RunAsync("reconnect", faults);
        Assert.Equal(0, faults.Left);
    }

    private static async Task RunAsync(string scenario, IBrokerFaults? faults = null)
    {
        using var log = new ErrorLog();
        await using var broker = await TestBroker.StartAsync(faults: faults, loggers: log);
        await NodeScenario.RunAsync(scenario, broker.ConnectionString);
        Assert.Empty(log.Errors);
    }
}
