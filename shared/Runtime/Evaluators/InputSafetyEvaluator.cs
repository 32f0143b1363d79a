using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Safety;

namespace Vivace.Runtime.Evaluators;

/// <summary>Blocks messages that ask for harm or try to take over the instructions.</summary>
internal sealed class InputSafetyEvaluator(SafetyRules rules) : IPreEvaluator
{
    public EvaluatorDescriptor Evaluator { get; } = new()
    {
        Name = "INPUT_SAFETY",
        Description = "Blocks messages that ask for harm or try to take over the instructions.",
        Tags = ["safety:critical"],
        Position = 10,
        Phase = EvaluatorPhase.Pre,
        Criticality = Criticality.Critical,
    };

    public ValueTask<PreVerdict> EvaluateAsync(PreEvaluatorContext context, CancellationToken cancellationToken)
    {
        var scan = rules.Input.Scan();
        return new(scan.Continue(context.Text, complete: true).Blocked
            ? PreVerdict.Block(rules.InputReplacement, "unsafe-input")
            : PreVerdict.Pass);
    }
}
