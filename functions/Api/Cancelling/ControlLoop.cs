using Vivace.Api.Bus;
using Vivace.Api.Hosting;
using Vivace.Api.Turns;
using Vivace.ServiceBus;

namespace Vivace.Api.Cancelling;

/// <summary>Listens for the cancellations of turns that this instance runs.</summary>
internal sealed class ControlLoop(IMessageBus bus, LiveTurns live, InstanceId instance, TimeProvider time, ILogger<ControlLoop> logger) : RepeatingLoop(time, logger)
{
    private const int BatchSize = 64;

    /// <summary>Much shorter than the lock, which is renewed after each wait.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    protected override async ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        await using var session = await bus.AcceptControlAsync(instance.Value, stopping);
        while (true)
        {
            var messages = await session.ReceiveMessagesAsync(BatchSize, Wait, stopping);
            foreach (var message in messages)
            {
                await CancelAsync(message);
            }

            if (messages.Count > 0)
            {
                await session.CompleteMessagesAsync(messages, stopping);
            }

            await session.RenewSessionLockAsync(stopping);
        }
    }

    private async ValueTask CancelAsync(ServiceBusReceivedMessage message)
    {
        if (BusMessages.Read(message.Body.ToMemory(), BusJson.Default.CancelMessage) is { } cancel && live.Find(cancel.TurnId) is { } turn)
        {
            await turn.CancelAsync();
        }
    }
}
