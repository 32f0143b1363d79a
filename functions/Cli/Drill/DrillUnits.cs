using System.Collections.Concurrent;
using System.Globalization;
using Vivace.Cli.Drill.Judging;
using Vivace.Cli.Hosting;
using Vivace.Client;
using Vivace.Client.Problems;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Drill;

/// <summary>Spends units at one endpoint: each is a user of its own where there is a key, and a conversation of its own.</summary>
internal sealed class DrillUnits(CommandContext endpoint, DrillFault fault, string run, DrillLog log)
{
    private const string Header = "X-Vivace-Drill";

    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<(VivaceClient Client, string Conversation)> made = [];
    private readonly string value = Output.ProcessingText.Wire(fault);

    /// <summary>Sends one marked turn that asks for fast, and logs what became of it.</summary>
    public async Task SpendAsync(CancellationToken cancellationToken)
    {
        var unit = log.NextUnit();
        var client = endpoint.With(Header, value, endpoint.HasKey ? string.Create(CultureInfo.InvariantCulture, $"drill-{run}-{unit}") : null);
        var sentAt = log.Now;
        try
        {
            // Not interrupted: a conversation whose reply is lost could not be deleted.
            var conversation = await client.Conversations.CreateAsync(new CreateConversationRequest { Title = "Drill" }, CancellationToken.None);
            made.Add((client, conversation.Id));
            sentAt = log.Now;
            var reply = (await client.Messages.SendAsync(conversation.Id, Message(unit), cancellationToken: cancellationToken)).Reply;
            log.Add(new DrillTurn(unit, endpoint.Endpoint, sentAt, log.Now) { Report = reply.Processing });
        }
        catch (VivaceProblemException e) when (e.Processing is not null)
        {
            log.Add(new DrillTurn(unit, endpoint.Endpoint, sentAt, log.Now) { Report = e.Processing, Failed = true });
        }
        catch (Exception e) when (e is VivaceProblemException { Status: 429 or >= 500 } or VivaceUnreachableException { NeverSent: false })
        {
            log.Add(new DrillTurn(unit, endpoint.Endpoint, sentAt, log.Now));
        }
    }

    /// <summary>Deletes the conversations; how many could not be. Under a limit of its own, since an interrupted drill cleans up too.</summary>
    public async Task<int> CleanUpAsync()
    {
        using var limit = new CancellationTokenSource(CleanUpLimit, endpoint.Time);
        var left = 0;
        await Parallel.ForEachAsync(made, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, _) =>
        {
            try
            {
                await item.Client.Conversations.DeleteAsync(item.Conversation, limit.Token);
            }
            catch (Exception e) when (e is VivaceProblemException or VivaceUnreachableException or OperationCanceledException)
            {
                Interlocked.Increment(ref left);
            }
        });
        return left;
    }

    private static SendMessageRequest Message(int unit) => new()
    {
        Text = string.Create(CultureInfo.InvariantCulture, $"What is {unit} + 1?"),
        Processing = new ProcessingRequest { Mode = ProcessingMode.Fast, Reason = "drill" },
    };
}
