using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Vivace.Api.Auth;
using Vivace.Api.Hosting;
using Vivace.Api.Turns;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Models;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Bench.InProcess;

/// <summary>The whole application in this process, on a store of its own, with a fixed model in place of both sizes.</summary>
internal sealed class LocalVivace : IAsyncDisposable
{
    /// <summary>More than streams that run at once, since a room runs one at a time.</summary>
    private const int ConversationCount = 2048;

    private readonly TemporaryFolder folder = new();
    private readonly WebApplication app;
    private readonly TurnAcceptor acceptor;
    private readonly TurnExecutor executor;
    private readonly string[] conversations = new string[ConversationCount];

    private LocalVivace(FixedModel model)
    {
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--Storage:Path", folder.Path, "--Logging:LogLevel:Default=Error",
            "--Limits:MessagesPerMinute=0", "--Limits:FastMessagesPerMinute=0", "--ServiceBus:Embedded:Port=0",
        ];
        app = VivaceApp.Create(args, services => services
            .AddKeyedSingleton(ModelSize.Small, (_, _) => new ModelEndpoint("fixed-small", model))
            .AddKeyedSingleton(ModelSize.Large, (_, _) => new ModelEndpoint("fixed-large", model)));
        acceptor = app.Services.GetRequiredService<TurnAcceptor>();
        executor = app.Services.GetRequiredService<TurnExecutor>();
    }

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <param name="withBackground">Whether broker and processors run: deferred work is drained beside the turns, streams flow.</param>
    public static async Task<LocalVivace> CreateAsync(FixedModel model, bool withBackground)
    {
        var local = new LocalVivace(model);
        if (withBackground)
        {
            await local.app.StartAsync();
        }

        var store = local.app.Services.GetRequiredService<IConversationStore>();
        var ids = local.app.Services.GetRequiredService<IdGenerator>();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < ConversationCount; i++)
        {
            var conversation = new Conversation { Id = ids.Next(), Title = "Bench", RoomId = ids.Next(), CreatedAt = now, UpdatedAt = now };
            await store.CreateAsync(Caller.Local.Owner, conversation, CancellationToken.None);
            local.conversations[i] = conversation.Id;
        }

        return local;
    }

    /// <summary>One turn, from its acceptance to its stored end; returns how long it took.</summary>
    public async Task<TimeSpan> TurnAsync(int number, ProcessingMode mode)
    {
        var started = Stopwatch.GetTimestamp();
        var turn = await AcceptAsync(number, mode, streamed: false);
        var result = await executor.RunAsync(turn, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return result.Status == TurnStatus.Done && result.Processing.Effective.Mode == mode
            ? elapsed
            : throw new InvalidOperationException($"A {mode} turn ended {result.Status}, {result.Processing.Effective.Mode}, {result.Failure}.");
    }

    public string MessagePath(int number) => $"/api/conversations/{conversations[number % ConversationCount]}/messages";

    /// <summary>A message, accepted and not yet run.</summary>
    public async Task<AcceptedTurn> AcceptAsync(int number, ProcessingMode mode, bool streamed)
    {
        var body = new SendMessageRequest { Text = BenchMessage.Text, Processing = new ProcessingRequest { Mode = mode } };
        var message = new IncomingMessage(Caller.Local, conversations[number % ConversationCount], body, default, Key: null, streamed);
        var accepted = await acceptor.AcceptAsync(message, CancellationToken.None);
        return accepted.Turn ?? throw new InvalidOperationException("The turn was refused.");
    }

    /// <summary>Turns at a concurrency; returns the time of each.</summary>
    public async Task<double[]> TurnsAsync(int count, int concurrency, ProcessingMode mode)
    {
        var times = new double[count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                times[i] = (await TurnAsync(i, mode)).TotalMicroseconds;
            }
        })));
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
