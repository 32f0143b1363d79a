using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Evaluators;

/// <summary>Judges a message or a reply. Implement one of its three kinds.</summary>
public interface IMessageEvaluator : ICapability
{
    /// <summary>Name, tags, phase, criticality and version.</summary>
    EvaluatorDescriptor Evaluator { get; }

    /// <inheritdoc/>
    CapabilityDescriptor ICapability.Descriptor => Evaluator;
}
