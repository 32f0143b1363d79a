using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Models;

namespace Vivace.Runtime.Tests.Isolation;

/// <summary>What must not be done: the mode of the newest turn in a static field. It shows that the scenario can fail.</summary>
internal sealed class StaticFieldRouter(
    [FromKeyedServices(ModelSize.Small)] ModelEndpoint small, [FromKeyedServices(ModelSize.Large)] ModelEndpoint large) : IChatClient
{
    private static ModelRouting? current;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Pick(options).GetResponseAsync(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Pick(options).GetStreamingResponseAsync(messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private IChatClient Pick(ChatOptions? options)
        => (current!.Route((options as RoutedChatOptions)?.Size ?? ModelSize.Large) == ModelSize.Small ? small : large).Client;

    /// <summary>Sets the field at the beginning of each turn.</summary>
    internal sealed class Setter : IPreEvaluator
    {
        public EvaluatorDescriptor Evaluator { get; } = new()
        {
            Name = "SETTER",
            Description = "Sets a static field.",
            Tags = ["test"],
            Phase = EvaluatorPhase.Pre,
            Criticality = Criticality.Critical,
        };

        public ValueTask<PreVerdict> EvaluateAsync(PreEvaluatorContext context, CancellationToken cancellationToken)
        {
            current = context.Turn.Routing;
            return new(PreVerdict.Pass);
        }
    }
}
