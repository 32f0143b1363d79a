namespace Vivace.Runtime.Capabilities;

/// <summary>When an evaluator runs.</summary>
public enum EvaluatorPhase
{
    /// <summary>Not said; refused at start.</summary>
    Unspecified,

    /// <summary>Before anything else: may block or rewrite the message.</summary>
    Pre,

    /// <summary>On the reply.</summary>
    Post,
}
