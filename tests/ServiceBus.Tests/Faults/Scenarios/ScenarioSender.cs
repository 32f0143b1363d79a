using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>Sends messages one after another, each under its id until it is acknowledged.</summary>
internal sealed class ScenarioSender(ServiceBusClient client, int tries, History history, string queue, string name, IReadOnlyList<string?> sessions)
{
    /// <summary>What the content of a message begins with that nobody can handle.</summary>
    public const string Poison = "poison";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task SendAsync(int perSession, int seed, bool withPoison, CancellationToken cancellation)
    {
        var random = new Random(seed);
        await using var sender = client.CreateSender(queue);
        var poisoned = withPoison ? random.Next(perSession) : -1;
        for (var position = 0; position < perSession; position++)
        {
            foreach (var session in sessions)
            {
                var poison = position == poisoned && session == sessions[0];
                var content = $"{(poison ? Poison : "content")} {new string((char)('a' + random.Next(26)), random.Next(1, 400))}";
                await SendAsync(sender, $"{name}/{session}/{position}", session, position, content, poison, cancellation);
            }
        }
    }

    private async Task SendAsync(
        ServiceBusSender sender, string id, string? session, int position, string content, bool poison, CancellationToken cancellation)
    {
        while (true)
        {
            history.Add(new HistoryEvent.SendBegun(queue, id, name, session, position, content, tries, poison));
            try
            {
                await sender.SendMessageAsync(new ServiceBusMessage(content) { MessageId = id, SessionId = session }, cancellation);
                history.Add(new HistoryEvent.SendAcknowledged(queue, id));
                return;
            }
            catch (ServiceBusException e) when (e.IsTransient)
            {
                history.Add(new HistoryEvent.SendFailed(queue, id, e.Reason.ToString()));
                await Task.Delay(Pause, cancellation);
            }
        }
    }
}
