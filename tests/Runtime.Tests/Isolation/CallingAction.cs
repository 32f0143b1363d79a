using System.Text.Json;
using Microsoft.Extensions.AI;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Tests.Isolation;

/// <summary>An action that calls the shared client like a library that knows nothing of turns: only the scope routes it.</summary>
internal sealed class CallingAction(IServiceProvider services) : IAgentAction
{
    public const string Name = "CALLING_ACTION";

    public CapabilityDescriptor Descriptor { get; } = new() { Name = Name, Description = "Calls a model.", Tags = ["test"] };

    public JsonElement Parameters => JsonSchemas.Nothing;

    public async ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var shared = (IChatClient)services.GetService(typeof(IChatClient))!;
        await Task.Yield();
        ChatMessage[] prompt = [new(ChatRole.System, "ambient"), new(ChatRole.User, context.Turn.Options.Text)];
        await foreach (var _ in shared.GetStreamingResponseAsync(prompt, cancellationToken: cancellationToken))
        {
            await Task.Yield();
        }

        return new ActionOutcome("done", $"reply to {context.Turn.Options.Text}");
    }
}
