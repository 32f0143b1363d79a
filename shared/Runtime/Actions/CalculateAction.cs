using System.Text.Json;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Actions;

/// <summary>Computes an arithmetic expression exactly, in decimal numbers.</summary>
internal sealed class CalculateAction : IAgentAction
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "CALCULATE",
        Description = "Calculate an arithmetic expression (sum, difference, product, quotient, brackets).",
        Tags = ["utility:read-only", "latency:low"],
    };

    public JsonElement Parameters { get; } = JsonSchemas.OneText("expression", "For example (2 + 3) * 4.");

    public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var expression = context.Text("expression") ?? "";
        return new(ArithmeticExpression.TryEvaluate(expression, out var value, out var fault)
            ? new ActionOutcome(value, $"{expression.Trim()} = {value}")
            : new ActionOutcome($"Not computed: {fault}", $"I cannot compute that: {fault}"));
    }
}
