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
        }

        await run.Gate.AppendAsync(response.Text, cancellation);
    }

    private static async Task StreamAsync(FunctionInvokingChatClient client, TurnRun run, RoutedChatOptions request, CancellationToken cancellation)
    {
        await foreach (var update in client.GetStreamingResponseAsync(run.Prompt, request, cancellation))
        {
            Collect(run, update.Contents);
            if (update.Text is { Length: > 0 } text)
            {
                await run.Gate.AppendAsync(text, cancellation);
            }

            if (run.Gate.Blocked)
            {
                return;
            }
        }
    }

    private static void Collect(TurnRun run, IEnumerable<AIContent> contents)
    {
        foreach (var call in contents.OfType<FunctionCallContent>())
        {
            run.Called.Add(call);
        }
    }
}
