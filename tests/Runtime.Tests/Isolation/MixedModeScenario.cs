using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Contracts.Conversations;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Tests.Drivers;

namespace Vivace.Runtime.Tests.Isolation;

/// <summary>
/// Many turns of both modes at once, with model calls from everywhere that may make one, random delays and cancels. Judged
/// from the requests that the models received and from the stored history, not from what replies say of themselves.
/// </summary>
internal sealed class MixedModeScenario(int seed, int turns, int rooms, Action<IServiceCollection>? configure = null)
{
    private const int Concurrency = 64;

    private readonly ConcurrentDictionary<string, int> faults = new();
    private long callsSeen;

    public async Task<ScenarioVerdict> RunAsync()
    {
        await using var app = new TestApp(Model(ProcessingMode.Fast), Model(ProcessingMode.Default), services =>
        {
            services.AddSingleton<ICapability, CallingProvider>().AddSingleton<ICapability, CallingAction>();
            configure?.Invoke(services);
        });
        await CallingProfiles.WriteAsync(app.Folder);
        var conversations = await Task.WhenAll(Enumerable.Range(0, rooms).Select(_ => app.ConverseAsync()));
        var random = new Random(seed);
        var plans = Enumerable.Range(0, turns).Select(n => PlannedTurn.Next(n, random, conversations)).ToArray();
        var ended = new ConcurrentDictionary<int, TurnStatus>();
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (plan, _) => ended[plan.Number] = await RunAsync(app, plan));
        var (lost, duplicated) = await CountRepliesAsync(app, conversations, plans, ended);
        return new ScenarioVerdict(callsSeen, faults.GetValueOrDefault("model"), faults.GetValueOrDefault("room"), lost, duplicated, ended.Values.Count(s => s == TurnStatus.Cancelled), ended.Values.Count(s => s == TurnStatus.Failed));
    }

    private static async Task<TurnStatus> RunAsync(TestApp app, PlannedTurn plan)
    {
        using var cancel = new CancellationTokenSource();
        if (plan.CancelAfter is { } delay)
        {
            cancel.CancelAfter(delay);
        }

        var request = new SendMessageRequest
        {
            Text = plan.Text,
            ChannelType = plan.Channel,
            Processing = new ProcessingRequest { Profile = plan.Mode == ProcessingMode.Fast ? "calling-fast" : "calling-default" },
        };
        return (await app.SayAsync(plan.Conversation, request, plan.Streamed, cancel.Token)).Status;
    }

    /// <summary>A model of one size. Every prompt names the mode, the size asked for and the room of its turn.</summary>
    private ScriptedModel Model(ProcessingMode serves) => new(serves.ToString(), async (request, cancellation) =>
    {
        Interlocked.Increment(ref callsSeen);
        var text = request.LastUser;
        var mark = TurnMark.Parse(text);
        var expectsSmall = mark.Mode == ProcessingMode.Fast || !mark.AsksLarge(request);
        if (expectsSmall != (serves == ProcessingMode.Fast))
        {
            faults.AddOrUpdate("model", 1, (_, n) => n + 1);
        }

        // Text of a cancelled turn may stop within its mark, so a beginning of the room will do.
        if (request.Messages.Any(m => TurnMark.TryParse(m.Text) is { } other && !mark.Room.StartsWith(other.Room, StringComparison.Ordinal)))
        {
            faults.AddOrUpdate("room", 1, (_, n) => n + 1);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(mark.Turn % 4), cancellation);
        return request.ToolResult is null && request.Tools.Contains(CallingAction.Name) && mark.Turn % 2 == 0
            ? ScriptedAnswer.Call(CallingAction.Name)
            : ScriptedAnswer.For(request, $"reply to {mark}");
    });

    private static async Task<(int Lost, int Duplicated)> CountRepliesAsync(
        TestApp app, Conversation[] conversations, PlannedTurn[] plans, ConcurrentDictionary<int, TurnStatus> ended)
    {
        var replies = new ConcurrentDictionary<int, int>();
        foreach (var conversation in conversations)
        {
            foreach (var message in (await app.HistoryAsync(conversation)).Where(m => m.Role == MessageRole.Assistant))
            {
                var mark = TurnMark.TryParse(message.Text);
                if (mark is not null)
                {
                    replies.AddOrUpdate(mark.Turn, 1, (_, n) => n + 1);
                }
            }
        }

        var lost = plans.Count(p => ended[p.Number] == TurnStatus.Done && !replies.ContainsKey(p.Number));
        return (lost, replies.Values.Count(n => n > 1));
    }
}
