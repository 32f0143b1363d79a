using System.Collections.Concurrent;
using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>
/// Follows one session as the relay of a stream does: holds it, receives what comes, and settles everything at once when all
/// of it has come. When the session is lost it begins again.
/// </summary>
/// <param name="seen">The messages that any follower of the stream has had, as the row of a turn tells what others have taken.</param>
internal sealed class StreamFollower(
    ServiceBusClient client, History history, string session, ConcurrentDictionary<string, bool> seen, int expected, string name)
{
    private const int Batch = 64;

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int accepted;

    public async Task FollowAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var receiver = await client.AcceptSessionAsync(ScenarioQueues.Streams, session, null, cancellation);
                var link = $"{name}:{++accepted}";
                await using (receiver)
                {
                    await ReceiveAsync(receiver, link, cancellation);
                    history.Add(new HistoryEvent.ReceiverClosing(ScenarioQueues.Streams, link));
                }

                await Task.Delay(Watch, cancellation);
            }
            catch (ServiceBusException e)
            {
                history.Add(new HistoryEvent.ReceiverFailed(ScenarioQueues.Streams, name, $"{e.Reason}: {e.Message}"));
                await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Until all has been seen and nothing more comes; what a sender in doubt sent again may come late.</summary>
    private async Task ReceiveAsync(ServiceBusSessionReceiver receiver, string link, CancellationToken cancellation)
    {
        var received = new List<(ServiceBusReceivedMessage Message, DeliveryRecord Record)>();
        while (true)
        {
            var chunks = await receiver.ReceiveMessagesAsync(Batch, Watch, cancellation);
            foreach (var chunk in chunks)
            {
                received.Add((chunk, DeliveryRecord.Begin(history, ScenarioQueues.Streams, chunk, link, oneByOne: false)));
                seen[chunk.MessageId!] = true;
            }

            if (chunks.Count == 0 && (seen.Count >= expected || received.Count == 0))
            {
                break;
            }

            if (receiver.SessionLockedUntil - TimeProvider.System.GetUtcNow() < ScenarioQueues.LockDuration / 2)
            {
                await receiver.RenewSessionLockAsync(cancellation);
            }
        }

        await Task.WhenAll(received.Select(r => CompleteAsync(receiver, r.Message, r.Record)));
    }

    private static async Task CompleteAsync(ServiceBusSessionReceiver receiver, ServiceBusReceivedMessage message, DeliveryRecord record)
    {
        record.Done();
        record.Settling(SettlementName.Complete);
        try
        {
            await receiver.CompleteMessageAsync(message);
            record.Settled();
        }
        catch (ServiceBusException e)
        {
            record.Failed(e);
        }
    }
}
