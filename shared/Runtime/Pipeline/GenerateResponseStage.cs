using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Vivace.Runtime.Models;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Pipeline;

/// <summary>Calls the model, executes the actions that it calls, and feeds the text to the reply gate.</summary>
internal sealed class GenerateResponseStage(IChatClient models, VivaceMetrics metrics, ILogger logger)
{
    public async Task RunAsync(TurnRun run, CancellationToken cancellation)
    {
        var options = run.Turn.Profile.Options;
        var request = new RoutedChatOptions(run.Turn.Routing, ModelSize.Large)
        {
            Tools = [.. run.Shown.Select(action => new ActionFunction(action))],
            MaxOutputTokens = options.Generation.MaxOutputTokens,
        };
        var client = WithActions(run, options.Generation.MaxModelCalls);
        await (run.Turn.Options.Streamed
            ? StreamAsync(client, run, request, cancellation)
            : AnswerAsync(client, run, request, cancellation));
        if (run.Fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private FunctionInvokingChatClient WithActions(TurnRun run, int maxModelCalls) => new(models)
    {
        // The loop makes one call more than its limit; with one call the invoker terminates it instead.
        MaximumIterationsPerRequest = Math.Max(1, maxModelCalls - 1),
        TerminateOnUnknownCalls = true,
        FunctionInvoker = new ActionInvoker(run, metrics, logger).InvokeAsync,
    };

    private static async Task AnswerAsync(FunctionInvokingChatClient client, TurnRun run, RoutedChatOptions request, CancellationToken cancellation)
    {
        var response = await client.GetResponseAsync(run.Prompt, request, cancellation);
        foreach (var message in response.Messages)
        {
            Collect(run, message.Contents);
            await AppendAsync(run, message.Text, startsMessage: true, cancellation);
        }
    }

    private static async Task StreamAsync(FunctionInvokingChatClient client, TurnRun run, RoutedChatOptions request, CancellationToken cancellation)
    {
        var startsMessage = true;
        await foreach (var update in client.GetStreamingResponseAsync(run.Prompt, request, cancellation))
        {
            startsMessage |= Collect(run, update.Contents);
            if (update.Text is { Length: > 0 } text)
            {
                await AppendAsync(run, text, startsMessage, cancellation);
                startsMessage = false;
            }

            if (run.Gate.Blocked)
            {
                return;
            }
        }
    }

    /// <summary>What the model says after an action begins a paragraph of its own.</summary>
    private static ValueTask AppendAsync(TurnRun run, string text, bool startsMessage, CancellationToken cancellation)
        => text.Length == 0 ? ValueTask.CompletedTask
            : run.Gate.AppendAsync(startsMessage && !run.Gate.IsEmpty ? $"\n\n{text}" : text, cancellation);

    /// <summary>Whether the contents hold calls, so that text after them is another message.</summary>
    private static bool Collect(TurnRun run, IEnumerable<AIContent> contents)
    {
        var before = run.Called.Count;
        run.Called.AddRange(contents.OfType<FunctionCallContent>());
        return run.Called.Count > before;
    }
}
