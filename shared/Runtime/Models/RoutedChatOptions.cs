using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models;

/// <summary>Chat options that carry a turn's routing with the call itself.</summary>
public sealed class RoutedChatOptions : ChatOptions
{
    /// <summary>Options for a call of a turn.</summary>
    public RoutedChatOptions(ModelRouting routing, ModelSize size)
    {
        Routing = routing;
        Size = size;
    }

    private RoutedChatOptions(ChatOptions other, ModelRouting? routing, ModelSize size)
        : base(other)
    {
        Routing = routing;
        Size = size;
    }

    /// <summary>The routing of the turn on whose behalf the call is made; null outside a turn.</summary>
    public ModelRouting? Routing { get; }

    /// <summary>The size asked for; below the routing client, the size that serves.</summary>
    public ModelSize Size { get; }

    /// <inheritdoc/>
    public override ChatOptions Clone() => new RoutedChatOptions(this, Routing, Size);

    /// <summary>A copy of any options, or new ones, that carries a routing.</summary>
    internal static RoutedChatOptions From(ChatOptions? options, ModelRouting? routing, ModelSize size)
        => options is null ? new RoutedChatOptions(new ChatOptions(), routing, size) : new RoutedChatOptions(options, routing, size);
}
