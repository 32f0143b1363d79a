using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Auth;
using Vivace.Api.Bus;
using Vivace.Api.Cancelling;
using Vivace.Api.Hosting;
using Vivace.Api.Turns;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Models;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>The application as composed for production, entered where the endpoints enter it, with other models.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RecordingBus bus = new();
    private readonly string folder = Directory.CreateTempSubdirectory("vivace-test-").FullName;

    public TestApp(IChatClient small, IChatClient large, Action<IServiceCollection>? configure = null, params string[] settings)
    {
        string[] args = ["--Storage:Path", folder, "--Logging:LogLevel:Default", "Error", "--Limits:MessagesPerMinute", "0", "--Limits:FastMessagesPerMinute", "0", .. settings];
        app = VivaceApp.Create(args, services =>
        {
            services.AddSingleton<IMessageBus>(bus);
            services.AddKeyedSingleton(ModelSize.Small, new ModelEndpoint("small-model", small));
            services.AddKeyedSingleton(ModelSize.Large, new ModelEndpoint("large-model", large));
            configure?.Invoke(services);
        });
    }

    public IServiceProvider Services => app.Services;

    public string Folder => folder;

    public async Task<Conversation> ConverseAsync(ProcessingMode? defaultMode = null, string owner = "local")
    {
        var ids = Services.GetRequiredService<IdGenerator>();
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var conversation = new Conversation { Id = ids.Next(), Title = "Test", RoomId = ids.Next(), DefaultMode = defaultMode, CreatedAt = now, UpdatedAt = now };
        await Services.GetRequiredService<IConversationStore>().CreateAsync(owner, conversation, CancellationToken.None);
        return conversation;
    }

    public Task<TurnResult> SayAsync(
        Conversation conversation, string text, ProcessingMode? mode = null, bool streamed = false, ChannelType channel = ChannelType.Dm, CancellationToken cancellation = default)
        => SayAsync(conversation, new SendMessageRequest { Text = text, ChannelType = channel, Processing = mode is null ? null : new ProcessingRequest { Mode = mode } }, streamed, cancellation);

    public async Task<TurnResult> SayAsync(Conversation conversation, SendMessageRequest request, bool streamed = false, CancellationToken cancellation = default)
    {
        var turn = await AcceptAsync(conversation, request, streamed);
        return await RunAsync(turn, cancellation);
    }

    public async Task MuteAsync(Conversation conversation)
        => await Services.GetRequiredService<IConversationStore>().UpdateAsync("local", conversation.Id, new UpdateConversationRequest { Muted = true }, DateTimeOffset.UnixEpoch, CancellationToken.None);

    /// <summary>A streamed turn is run as its message has it run, any other as the request does.</summary>
    public async Task<TurnResult> RunAsync(AcceptedTurn turn, CancellationToken cancellation = default)
    {
        if (turn.Live is not null)
        {
            return await Services.GetRequiredService<TurnExecutor>().RunAsync(turn, cancellation);
        }

        var options = turn.Context.Options;
        var cancelled = Task.CompletedTask;
        await using (cancellation.Register(() => cancelled = CancelAsync(options)))
        {
            await Services.GetRequiredService<TurnWorker>().HandleAsync(new TurnMessage(options.TurnId), CancellationToken.None);
        }

        await cancelled;
        return TurnResult.Of((await Services.GetRequiredService<ITurnStore>().FindAsync(options.Owner, options.TurnId, CancellationToken.None))!);
    }

    private async Task CancelAsync(RuntimeCallOptions turn)
        => await Services.GetRequiredService<TurnCanceller>().CancelAsync(turn.Owner, turn.TurnId, CancellationToken.None);

    /// <summary>The chunks that a streamed turn has sent, and what of its text came only with its end; none for any other.</summary>
    public IReadOnlyList<string> Shown(AcceptedTurn turn, TurnResult result)
    {
        if (turn.Live is not null)
        {
            return [];
        }

        var chunks = bus.TextOf(result.TurnId);
        var rest = result.Blocked ? "" : result.Text[chunks.Sum(c => c.Length)..];
        return rest.Length == 0 ? chunks : [.. chunks, rest];
    }

    public async Task<AcceptedTurn> AcceptAsync(Conversation conversation, SendMessageRequest request, bool streamed)
    {
        var message = new IncomingMessage(Caller.Local, conversation.Id, request, default, null, streamed);
        var accepted = await Services.GetRequiredService<TurnAcceptor>().AcceptAsync(message, CancellationToken.None);
        return accepted.Turn ?? throw new InvalidOperationException(accepted.Problem?.Detail);
    }

    public async Task<IReadOnlyList<MessageRow>> HistoryAsync(Conversation conversation, int limit = 100_000)
        => (await Services.GetRequiredService<IConversationStore>().MessagesAsync("local", conversation.Id, null, limit, CancellationToken.None))!.Messages;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
