using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Auth;
using Vivace.Api.Hosting;
using Vivace.Api.Turns;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Streams;
using Vivace.Runtime.Models;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>The application as composed for production, entered where the endpoints enter it, with other models.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder = Directory.CreateTempSubdirectory("vivace-test-").FullName;

    public TestApp(IChatClient small, IChatClient large, Action<IServiceCollection>? configure = null, params string[] settings)
    {
        string[] args = ["--Storage:Path", folder, "--Logging:LogLevel:Default", "Error", "--Limits:MessagesPerMinute", "0", "--Limits:FastMessagesPerMinute", "0", .. settings];
        app = VivaceApp.Create(args, services =>
        {
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

    public Task<TurnResult> RunAsync(LiveTurn turn, CancellationToken cancellation = default)
        => Services.GetRequiredService<TurnExecutor>().RunAsync(turn, cancellation);

    /// <summary>The text events of a streamed turn; none for one that was not streamed.</summary>
    public async Task<IReadOnlyList<string>> TokensAsync(LiveTurn turn)
    {
        var tokens = new List<string>();
        if (turn.Events is { } events)
        {
            await foreach (var item in events.ReadAsync(TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None))
            {
                if (item?.Event is { Type: StreamEventTypes.Token, Text: { } text })
                {
                    tokens.Add(text);
                }
            }
        }

        return tokens;
    }

    public async Task<LiveTurn> AcceptAsync(Conversation conversation, SendMessageRequest request, bool streamed)
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
