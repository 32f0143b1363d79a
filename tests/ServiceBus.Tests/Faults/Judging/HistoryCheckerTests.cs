using static Vivace.ServiceBus.Tests.Faults.Judging.HistoryBuilder;
using static Vivace.ServiceBus.Tests.Faults.Recording.SettlementName;

namespace Vivace.ServiceBus.Tests.Faults.Judging;

/// <summary>The checker accepts what queues may do under faults and refuses, rule by rule, what they must not.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly TimeSpan LongerThanALock = TimeSpan.FromSeconds(31);

    [Fact]
    public void A_history_without_faults_is_accepted()
        => Accept(OnStrictQueue().Send(0).Handle(0).Send(1).Handle(1).Send(2, poison: true).Deliver(2).Settle(2, DeadLetter).FindDead(2));

    [Fact]
    public void An_acknowledged_message_that_is_never_delivered_is_lost()
        => Refuse("never delivered", OnStrictQueue().Send(0));

    [Fact]
    public void An_unacknowledged_message_may_be_lost()
        => Accept(OnStrictQueue().Try(0));

    [Fact]
    public void A_delivery_that_nobody_completes_is_no_completion()
    {
        Refuse("never completed", OnStrictQueue().Send(0).Deliver(0));
        Refuse("never completed", OnStrictQueue().Send(0).Deliver(0).Settle(0, Abandon));
    }

    [Fact]
    public void A_completion_in_doubt_is_enough_when_nothing_is_left()
    {
        var history = OnStrictQueue().Send(0).Deliver(0).Effect(0).BeginSettling(0);
        Accept(history);
        Refuse("left behind", history.LeaveBehind(0));
    }

    [Fact]
    public void Only_poison_dies()
    {
        Refuse("dead letter against the rule", OnStrictQueue().Send(0).Handle(0).FindDead(0));
        Refuse("no dead letter", OnStrictQueue().Send(0, poison: true).Handle(0));
        Refuse("is 2 dead letters", OnStrictQueue().Send(0, poison: true).Deliver(0).Settle(0, DeadLetter).FindDead(0).FindDead(0));
    }

    [Fact]
    public void What_was_never_sent_is_not_delivered()
        => Refuse("never sent", OnStrictQueue().Handle(0));

    [Fact]
    public void Contents_and_sessions_stay_what_they_were()
    {
        Refuse("other content", OnStrictQueue().Send(0).Deliver(0, content: "content 1").Settle(0));
        Refuse("other content", OnStrictQueue().Send(0, poison: true).Deliver(0).Settle(0, DeadLetter).FindDead(0, content: "none"));
        Refuse("another session", OnStrictQueue().Send(0).Deliver(0, session: "elsewhere").Settle(0));
    }

    [Fact]
    public void A_sequence_number_names_one_message()
        => Refuse("names several", OnPlainQueue().Send(0).Handle(0).Send(1).Handle(1, sequence: 1));

    [Fact]
    public void A_message_sent_again_is_stored_once_where_duplicates_are_detected()
    {
        Accept(OnStrictQueue().Try(0).Send(0).Handle(0));
        Refuse("stored 2 times", OnStrictQueue().Try(0).Send(0).Deliver(0).BeginSettling(0).Deliver(0, sequence: 2).BeginSettling(0, sequence: 2));
    }

    [Fact]
    public void Elsewhere_a_message_is_stored_as_often_as_it_was_sent()
    {
        Accept(OnPlainQueue().Try(0).Send(0).Handle(0).Handle(0, sequence: 2));
        Accept(OnPlainQueue().DoubleTransfer().Send(0).Handle(0).Handle(0, sequence: 2));
        Refuse("stored 2 times", OnPlainQueue().Send(0).Handle(0).Handle(0, sequence: 2));
    }

    [Fact]
    public void What_was_completed_for_certain_does_not_come_again()
    {
        var again = OnPlainQueue().Send(0).Handle(0).Wait(LongerThanALock).Deliver(0, count: 2).Effect(0);
        Refuse("delivered again", again);
        Refuse("done again", again);
        Refuse("settled for good 2 times", again.Settle(0));
    }

    [Fact]
    public void What_was_completed_in_doubt_may_come_again()
        => Accept(OnPlainQueue().Send(0).Deliver(0).Effect(0).BeginSettling(0).BreakLinks().Deliver(0).Effect(0).Settle(0));

    [Fact]
    public void A_delivery_seen_after_its_lock_ended_came_before_the_completion()
        => Accept(OnPlainQueue().Send(0).Wait(LongerThanALock).Deliver(0, count: 2, receiver: "two").Effect(0).Settle(0).Deliver(0, receiver: "one", ran: LongerThanALock));

    [Fact]
    public void A_lock_brings_one_delivery()
        => Refuse("times under one lock", OnPlainQueue().Send(0).Deliver(0).Deliver(0, under: "lock 1").Settle(0));

    [Fact]
    public void While_one_holds_the_lock_no_other_is_given_the_message()
        => Refuse("under its lock", OnPlainQueue().Send(0).Deliver(0).Deliver(0, receiver: "two").Settle(0));

    [Fact]
    public void A_lock_ends_by_settlement_closing_loss_or_time()
    {
        Accept(OnPlainQueue().Send(0).Deliver(0).Settle(0, Abandon).Deliver(0, count: 2, receiver: "two").Settle(0));
        Accept(OnPlainQueue().Send(0).Deliver(0).CloseReceiver().Deliver(0, receiver: "two").Settle(0));
        Accept(OnPlainQueue().Send(0).Deliver(0).BreakLinks().Deliver(0, receiver: "two").Settle(0));
        Accept(OnPlainQueue().Send(0).Deliver(0).Restart().Deliver(0, receiver: "two").Settle(0));
        Accept(OnPlainQueue().Send(0).Deliver(0).Wait(LongerThanALock).Deliver(0, count: 2, receiver: "two").Settle(0));
    }

    [Fact]
    public void First_deliveries_come_in_the_order_of_sending()
    {
        Refuse("first delivered", OnStrictQueue().Send(0).Send(1).Deliver(1).Deliver(0).Settle(0, under: 2).Settle(1, under: 1));
        Refuse("has sequence number", OnStrictQueue().Send(0).Send(1).Handle(0, sequence: 2).Handle(1, sequence: 1));
    }

    [Fact]
    public void Nothing_is_completed_before_what_was_sent_earlier_is_delivered()
        => Refuse("before message 0 was delivered", OnStrictQueue().Send(0).Send(1).Handle(1).Handle(0));

    [Fact]
    public void What_came_back_comes_before_anything_later()
    {
        Refuse("was not settled", OnStrictQueue().Send(0).Send(1).Deliver(0).CloseReceiver().Deliver(1, receiver: "two").Settle(1).Handle(0));
        Accept(OnStrictQueue().Send(0).Send(1).Deliver(0).CloseReceiver().Handle(0).Handle(1));
    }

    [Fact]
    public void One_receiver_may_take_several_before_it_settles()
        => Accept(OnStrictQueue().Send(0).Send(1).Deliver(0).Deliver(1).Settle(0, under: 1).Settle(1, under: 2));

    [Fact]
    public void Delivery_counts_rise_by_one_and_never_fall()
    {
        Accept(OnPlainQueue().Send(0).Deliver(0).Settle(0, Abandon).Handle(0, count: 2));
        Accept(OnPlainQueue().Send(0).Deliver(0).CloseReceiver().Handle(0));
        Refuse("with count 1 and then 1", OnPlainQueue().Send(0).Deliver(0).Settle(0, Abandon).Handle(0));
        Refuse("with count 1 and then 3", OnPlainQueue().Send(0).Deliver(0).Settle(0, Abandon).Handle(0, count: 3));
        Refuse("with count 2 and then 1", OnPlainQueue().Send(0).Wait(LongerThanALock).Deliver(0, count: 2).Settle(0, Abandon).Handle(0));
        Refuse("first delivered with count 0", OnPlainQueue().Send(0).Handle(0, count: 0));
        Refuse("first delivered with count 2", OnPlainQueue().Send(0).Handle(0, count: 2));
    }

    [Fact]
    public void A_count_may_rise_by_locks_that_ran_out_unseen_and_fall_when_the_broker_is_killed()
    {
        Accept(OnPlainQueue().Send(0).Deliver(0).Settle(0, Abandon).Wait(LongerThanALock).Handle(0, count: 3));
        Accept(OnPlainQueue().Send(0).Wait(LongerThanALock).Deliver(0, count: 2).Settle(0, Abandon).Restart(killed: true).Handle(0));
        Refuse("with count 2 and then 1", OnPlainQueue().Send(0).Wait(LongerThanALock).Deliver(0, count: 2).Settle(0, Abandon).Restart().Handle(0));
        Accept(OnPlainQueue().Send(0).Wait(LongerThanALock).Restart(killed: true).Deliver(0, count: 2).CloseReceiver().Handle(0));
        Refuse("with count 2 and then 1", OnPlainQueue().Send(0).Restart(killed: true).Wait(LongerThanALock).Deliver(0, count: 2).CloseReceiver().Handle(0));
    }

    private static void Accept(HistoryBuilder history) => Assert.Empty(history.Judge());

    private static void Refuse(string breach, HistoryBuilder history) => Assert.Contains(history.Judge(), b => b.Contains(breach, StringComparison.Ordinal));
}
