using Microsoft.Extensions.AI;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Storage;

namespace Vivace.Runtime.Providers;

/// <summary>The newest messages of the conversation before this one; how many is the profile's to say.</summary>
internal sealed class RecentMessagesProvider(IConversationStore conversations) : IContextProvider
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "RECENT_MESSAGES",
        Description = "The newest messages of the conversation.",
        Tags = ["context:history", "latency:low"],
        Position = 40,
    };

    public async ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        var count = turn.Profile.Options.Context.RecentMessages;
        if (count == 0 || turn.Options.Number == 1)
        {
            return ContextContribution.None;
        }

        var before = MessageNumber.OfUser(turn.Options.Number);
        var recent = await conversations.RecentMessagesAsync(turn.Options.ConversationId, before, count, cancellationToken);
        return new ContextContribution(null, [.. recent.Select(ToChatMessage)]);
    }

    private static ChatMessage ToChatMessage(PromptMessage message)
        => new(message.Role == MessageRole.User ? ChatRole.User : ChatRole.Assistant, message.Text);
}
