using System.Text.Json;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Storage;

namespace Vivace.Runtime.Actions;

/// <summary>Remembers a fact for later turns of the room.</summary>
internal sealed class RememberFactAction(IFactStore facts, TimeProvider time) : IAgentAction
{
    private const int MaxLength = 500;

    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "REMEMBER_FACT",
        Description = "Remember a fact that the user asks you to remember.",
        Tags = ["memory:write", "mode:default-only"],
    };

    public JsonElement Parameters { get; } = JsonSchemas.OneText("fact", "The fact, one sentence.");

    public async ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var fact = context.Text("fact")?.Trim();
        if (string.IsNullOrEmpty(fact) || fact.Length > MaxLength)
        {
            return new ActionOutcome($"Not remembered: a fact has 1 to {MaxLength} characters.");
        }

        var options = context.Turn.Options;
        await facts.AddAsync(new FactRow(options.Owner, options.RoomId, fact, options.TurnId, time.GetUtcNow()), options.ConversationId, cancellationToken);
        return new ActionOutcome("Remembered.", $"I will remember: {fact}");
    }
}
