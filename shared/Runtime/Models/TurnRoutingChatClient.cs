using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Models;

/// <summary>
/// The shared text-generation client, and the one place that reads the ambient routing. Sends each call to the model of
/// its turn; refuses a call whose ambient and carried routing differ, or that is made inside a turn without a scope.
/// Outside a turn calls go to the size that they ask for, large by default.
/// </summary>
public sealed class TurnRoutingChatClient(ModelEndpoint small, ModelEndpoint large, VivaceMetrics metrics) : IChatClient
{
    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (endpoint, routed) = Route(options);
        var call = Begin(routed, endpoint);
        var response = await endpoint.Client.GetResponseAsync(messages, routed, cancellationToken);
        End(call, routed, endpoint, response.ModelId, ServiceTier.Of(response.AdditionalProperties));
        return response;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        // Routed here, in the caller's context, not at the iterator's first step, which may run in another.
        var (endpoint, routed) = Route(options);
        return StreamAsync(endpoint, messages, routed, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        small.Client.Dispose();
        large.Client.Dispose();
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        ModelEndpoint endpoint, IEnumerable<ChatMessage> messages, RoutedChatOptions routed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var call = Begin(routed, endpoint);
        string? served = null;
        string? tier = null;
        var answered = false;
        try
        {
            await foreach (var update in endpoint.Client.GetStreamingResponseAsync(messages, routed, cancellation))
            {
                answered = true;
                served ??= update.ModelId;
                tier = ServiceTier.Of(update.AdditionalProperties) ?? tier;
                yield return update;
            }
        }
        finally
        {
            // Also when the reader leaves early: the call was made.
            if (answered)
            {
                End(call, routed, endpoint, served, tier);
            }
        }
    }

    private (ModelEndpoint Endpoint, RoutedChatOptions Options) Route(ChatOptions? options)
    {
        var carried = options as RoutedChatOptions;
        var routing = Agree(ModelRoutingScope.Current, carried?.Routing);
        var asked = carried?.Size ?? ModelSize.Large;
        var size = routing?.Route(asked) ?? asked;
        if (size != asked)
        {
            metrics.RoutingOverride(routing!);
        }

        var routed = RoutedChatOptions.From(options, routing, size);
        var endpoint = size == ModelSize.Small ? small : large;
        routed.ModelId = endpoint.Model;
        return (endpoint, routed);
    }

    private ModelRouting? Agree(ModelRouting? ambient, ModelRouting? carried)
    {
        var turn = TurnActivity.CurrentTurnId(Activity.Current);
        if (ambient is null && turn is not null)
        {
            throw Refuse(carried, "A model was called inside a turn whose routing scope is lost.");
        }

        if (ambient is not null && carried is not null && !ReferenceEquals(ambient, carried))
        {
            throw Refuse(carried, "A model was called with the routing of one turn inside another.");
        }

        if (ambient is not null && turn is not null && turn != ambient.TurnId)
        {
            throw Refuse(ambient, "A model was called with a routing scope that belongs to another turn.");
        }

        return ambient ?? carried;
    }

    private ModelRoutingException Refuse(ModelRouting? routing, string message)
    {
        metrics.Mismatch(MismatchKind.Model, routing);
        return new ModelRoutingException(message);
    }

    /// <summary>Noted before it is made: a turn that ends meanwhile reports it too.</summary>
    private static int Begin(RoutedChatOptions routed, ModelEndpoint endpoint)
        => routed.Routing?.Calls.Begin(new ModelUse(routed.Size.Wire(), endpoint.Model)) ?? -1;

    private void End(int call, RoutedChatOptions routed, ModelEndpoint endpoint, string? served, string? tier)
    {
        metrics.ModelInvocation(routed.Size, endpoint.Model, routed.Routing);
        routed.Routing?.Calls.Answered(call, served, tier);
    }
}
